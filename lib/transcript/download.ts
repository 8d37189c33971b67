import type { Talk } from '@/lib/transcript/conversation';
import { toJson, toMarkdown } from '@/lib/transcript/export';

/**
 * Saves talks as a file by a download, which needs no permission.
 *
 * @param language - BCP 47, for how times are written.
 */
export function download(
  talks: readonly Talk[],
  format: 'markdown' | 'json',
  language: string,
): void {
  const file =
    format === 'json'
      ? new File([toJson(talks, new Date())], name('json'), { type: 'application/json' })
      : new File([toMarkdown(talks, { language })], name('md'), { type: 'text/markdown' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // The download has its own hold on the bytes by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const name = (extension: string) => `visavis-${new Date().toISOString().slice(0, 10)}.${extension}`;
