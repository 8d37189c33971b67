import * as v from 'valibot';
import type { PageStamp, Quote } from '@/lib/page/page';
import type { Card } from '@/lib/session/provider';
import type { Talk } from '@/lib/transcript/conversation';
import type { Message } from '@/lib/transcript/message';
import { lookLine, nameOf } from '@/lib/transcript/lines';
import { conversationSchema, messageSchema } from '@/lib/transcript/record';
import { t } from '@/lib/words';

/** How times are written for people. `timeZone` is the machine's where it is left out. */
export interface Writing {
  /** BCP 47. */
  readonly language: string;
  readonly timeZone?: string;
}

/** To be read by people: who, when, about which page; quotes as footnotes under each answer. */
export function toMarkdown(talks: readonly Talk[], writing: Writing): string {
  const numbers = { last: 0 };
  const chapters = talks
    .filter(({ messages }) => messages.length > 0)
    .map(({ conversation, messages }) =>
      [
        `## ${plain(conversation.title) || t('options.export.untitled')}`,
        `*${day(conversation.startedAt, writing)}*`,
        ...messages.flatMap((message) => paragraphs(message, writing, numbers)),
      ].join('\n\n'),
    );
  return `${[`# ${t('options.export.title')}`, ...chapters].join('\n\n')}\n`;
}

/** To be read by programs: everything as it is kept, with times in milliseconds since the epoch. */
export function toJson(talks: readonly Talk[], exportedAt: Date): string {
  const file: v.InferOutput<typeof exportSchema> = {
    format: 'visavis-transcript',
    version: 1,
    exportedAt: exportedAt.toISOString(),
    conversations: talks.map(({ conversation, messages }) => ({
      ...conversation,
      messages: messages.map(written),
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** Version 1 of the JSON. A field that changes its meaning makes it version 2. */
export const exportSchema = v.object({
  format: v.literal('visavis-transcript'),
  version: v.literal(1),
  exportedAt: v.pipe(v.string(), v.isoTimestamp()),
  conversations: v.array(
    v.object({ ...conversationSchema.entries, messages: v.array(messageSchema) }),
  ),
});

/** As the schema has it, whose lists can be written to. */
function written({ cards, looks, ...message }: Message): v.InferOutput<typeof messageSchema> {
  return {
    ...message,
    quotes: [...message.quotes],
    ...(cards && { cards: [...cards] }),
    ...(looks && { looks: [...looks] }),
  };
}

const day = (at: number, { language, timeZone }: Writing) =>
  new Intl.DateTimeFormat(language, zoned({ dateStyle: 'long' }, timeZone)).format(at);

const clock = (at: number, { language, timeZone }: Writing) =>
  new Intl.DateTimeFormat(language, zoned({ timeStyle: 'short' }, timeZone)).format(at);

const zoned = (style: Intl.DateTimeFormatOptions, timeZone: string | undefined) =>
  timeZone === undefined ? style : { ...style, timeZone };

interface Footnote extends Quote {
  /** `[^7]`; the numbers run through the whole file. */
  readonly mark: string;
}

function paragraphs(message: Message, writing: Writing, numbers: { last: number }): string[] {
  const { who, at, page, status, text } = message;
  const name = who === 'reader' ? t('options.export.reader') : plain(nameOf(message));
  const head = [`**${name}**`, clock(at, writing), ...(page ? [link(page)] : [])].join(' · ');
  const quotes = [...message.quotes].sort((a, b) => a.at - b.at);
  const footnotes = quotes.map((quote) => ({ ...quote, mark: `[^${++numbers.last}]` }));
  const end = status === 'final' ? '' : ` *(${t('options.export.cut')})*`;
  const source = page ? ` (${link(page)})` : '';
  const notes = footnotes.map(({ mark, text }) => `${mark}: “${plain(text)}”${source}`);
  const words = withMarks(text, footnotes);
  const isSilent = text === '' && (message.cards ?? message.looks) !== undefined;
  const said = isSilent ? [] : [(message.narrated ? `*${words}*` : words) + end];
  const looks = (message.looks ?? []).map((look) => `*${plain(lookLine(nameOf(message), look))}*`);
  const cards = (message.cards ?? []).map(cardText);
  return [head, ...looks, ...said, ...cards, ...(notes.length > 0 ? [notes.join('\n')] : [])];
}

function cardText(card: Card): string {
  switch (card.kind) {
    case 'text':
      return [card.title && `**${plain(card.title)}**`, plain(card.text)]
        .filter(Boolean)
        .join('\n\n');
    case 'image':
      return linkTo(card.alt || card.url, card.url);
    case 'link':
      return [linkTo(card.title, card.url), card.text && plain(card.text)]
        .filter(Boolean)
        .join(' · ');
    case 'options':
      return card.options.map(({ label }) => `- ${plain(label)}`).join('\n');
  }
}

/** `footnotes` in the order of their places. */
function withMarks(text: string, footnotes: readonly Footnote[]): string {
  let from = 0;
  let marked = '';
  for (const { at, mark } of footnotes) {
    const to = Math.max(from, at);
    marked += plain(text.slice(from, to)) + mark;
    from = to;
  }
  return marked + plain(text.slice(from));
}

const link = ({ title, host, url }: PageStamp) => linkTo(title || host, url);

const linkTo = (words: string, url: string) =>
  `[${plain(words)}](<${url.replace(/[<>\s]/gu, encodeURIComponent)}>)`;

/** The words as they are, with what Markdown would take for its own put behind a backslash. */
function plain(text: string): string {
  return text
    .replace(/[\\`*_[\]<>#|~]/gu, String.raw`\$&`)
    .replace(/^(\s*)([-+=])/gmu, String.raw`$1\$2`)
    .replace(/^(\s*\d+)([.)])/gmu, String.raw`$1\$2`);
}
