import { cardIds, cards } from './cards.ts';

/** What a conversation of one's own answers. */
export interface Answer {
  readonly text: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Shown in the middle of the speech. */
  readonly cards: readonly string[];
}

export interface Memory {
  /** What the reader asked before, oldest first. */
  readonly asked: string[];
  variables: Record<string, unknown>;
}

/** Answers like a brain would: with the question's subject, and with what it was told of the page. */
export function think(question: string, memory: Memory): Answer {
  const before = memory.asked.at(-1);
  memory.asked.push(question);
  if (/\bcards\b/iu.test(question)) {
    return { text: 'Look at these cards.', context: cards, cards: cardIds };
  }
  if (/before/iu.test(question)) {
    return plain(before === undefined ? 'Nothing was said before.' : `Before that: ${before}`);
  }
  if (question === 'PAGE_METADATA') return plain('I see you went to another page.');
  const { pageTitle, selection } = memory.variables;
  return plain(
    [
      `You asked about ${subjectOf(question)}.`,
      said(pageTitle) && `This page is called ${said(pageTitle)}.`,
      said(selection) && `You marked: ${said(selection)}`,
    ]
      .filter(Boolean)
      .join(' '),
  );
}

const plain = (text: string): Answer => ({ text, context: {}, cards: [] });

const said = (value: unknown) => (typeof value === 'string' ? value.slice(0, 80) : '');

function subjectOf(question: string): string {
  const plainly = question.replaceAll(/[?!.,]/gu, '');
  const words = (
    /\babout\s+(?<subject>\S.*)$/iu.exec(plainly)?.groups?.['subject'] ?? plainly
  ).split(/\s+/u);
  return words.slice(-3).join(' ').toLowerCase() || 'nothing';
}
