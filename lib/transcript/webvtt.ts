import type { Talk } from '@/lib/transcript/conversation';
import type { Message } from '@/lib/transcript/message';

/** Signs a second that a caption is given to be read; television allows about 15 to 20. */
const readingSpeed = 15;

/**
 * A conversation as captions, for whoever recorded it or wants to see it go by: each thing said
 * stands from when it was begun until the next one, or as long as it takes to read.
 */
export function toWebVtt(
  { conversation, messages }: Talk,
  nameOf: (message: Message) => string,
): string {
  const said = messages.filter(({ text }) => text.trim() !== '');
  const begin = said[0]?.at ?? conversation.startedAt;
  const cues = said.map((message, index) => {
    const from = message.at - begin;
    const next = said[index + 1]?.at ?? Infinity;
    const read = Math.max(1_000, (message.text.length / readingSpeed) * 1_000);
    const to = Math.max(from + 1, Math.min(next - begin, from + Math.round(read)));
    return `${clock(from)} --> ${clock(to)}\n<v ${plain(nameOf(message))}>${plain(message.text)}`;
  });
  const title = plain(conversation.title).replaceAll('\n', ' ');
  return `${[`WEBVTT - ${title}`.replace(/ - $/u, ''), ...cues].join('\n\n')}\n`;
}

function clock(ms: number): string {
  const parts = [
    Math.floor(ms / 3_600_000),
    Math.floor(ms / 60_000) % 60,
    Math.floor(ms / 1_000) % 60,
  ];
  const [hours, minutes, seconds] = parts.map((part) => String(part).padStart(2, '0'));
  return `${hours}:${minutes}:${seconds}.${String(ms % 1_000).padStart(3, '0')}`;
}

/** What WebVTT would take for its own put in other words; an empty line would end the cue. */
function plain(text: string): string {
  return text
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\r\n?/gu, '\n')
    .replace(/\n\s*\n/gu, '\n');
}
