import type { Talk } from '@/lib/transcript/conversation';
import { toJson, toMarkdown } from '@/lib/transcript/export';
import type { Message } from '@/lib/transcript/message';
import { toWebVtt } from '@/lib/transcript/webvtt';
import { t } from '@/lib/words';

export type Format = 'markdown' | 'json' | 'webvtt';

/**
 * Saves talks as a file by a download, which needs no permission. Captions are of one talk: the
 * first.
 *
 * @param language - BCP 47, for how times are written.
 */
export function download(talks: readonly Talk[], format: Format, language: string): void {
  const file = fileOf(talks, format, language);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // The download has its own hold on the bytes by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function fileOf(talks: readonly Talk[], format: Format, language: string): File {
  switch (format) {
    case 'json':
      return new File([toJson(talks, new Date())], name('json'), { type: 'application/json' });
    case 'markdown':
      return new File([toMarkdown(talks, { language })], name('md'), { type: 'text/markdown' });
    case 'webvtt':
      return new File(
        talks.slice(0, 1).map((talk) => toWebVtt(talk, speaker)),
        name('vtt'),
        { type: 'text/vtt' },
      );
  }
}

const speaker = ({ who }: Message) =>
  t(who === 'reader' ? 'options.export.reader' : 'options.export.avatar');

const name = (extension: string) => `visavis-${new Date().toISOString().slice(0, 10)}.${extension}`;
