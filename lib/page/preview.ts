import type { PageContext } from '@/lib/page/page';
import { t } from '@/lib/words';

/** What a question would take with it, for a person to read. */
export interface Preview {
  /** Empty where nothing would be sent. */
  readonly text: string;
  /** For a person: `3.4 kB`. */
  readonly size: string;
  /** Of `text`, as UTF-8. */
  readonly bytes: number;
  readonly characters: number;
}

/** Every word of the context and no other but the labels. */
export function previewOf(context: PageContext | null): Preview {
  const text = context === null ? '' : written(context);
  const bytes = new TextEncoder().encode(text).length;
  return { text, size: sizeOf(bytes), bytes, characters: text.length };
}

function written({ url, title, language, selection, text }: PageContext): string {
  const about = [
    [t('page.address'), url],
    [t('page.title'), title],
    [t('page.language'), language],
  ].flatMap(([label, value]) => (value ? [`${label}: ${value}`] : []));
  const parts = [about.join('\n')];
  if (selection) {
    const { before, after } = selection;
    parts.push(`${t('page.selection')}:\n${selection.text}`);
    if (before) parts.push(`${t('page.before')}:\n${before}`);
    if (after) parts.push(`${t('page.after')}:\n${after}`);
  }
  if (text) {
    parts.push(`${t('page.text')}:`);
    for (const { heading, level, text: body } of text.sections) {
      if (heading !== null) parts.push(`${'#'.repeat(level)} ${heading}`);
      if (body) parts.push(body);
    }
    if (text.omitted > 0) parts.push(t('page.omitted', [counted(text.omitted)]));
  }
  return parts.filter(Boolean).join('\n\n');
}

function sizeOf(bytes: number): string {
  return bytes < 1000
    ? measured(bytes, 'byte')
    : measured(Math.round(bytes / 100) / 10, 'kilobyte');
}

const measured = (value: number, unit: string) =>
  new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
const counted = (value: number) => new Intl.NumberFormat().format(value);
