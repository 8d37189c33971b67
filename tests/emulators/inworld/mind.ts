/** What the character knows in one session. */
export interface Memory {
  /** Of triggers, by name: their parameters, latest. */
  readonly told: Map<string, Readonly<Record<string, string>>>;
  /** The last narrated action. */
  narrated: string;
  readonly dialogue: { who: 'PLAYER' | 'AGENT'; text: string }[];
  reader: string;
}

export function blank(): Memory {
  return { told: new Map(), narrated: '', dialogue: [], reader: '' };
}

/** As a language model would: it takes up the question, and what it was told of the page. */
export function answerTo(question: string, name: string, memory: Memory): string[] {
  const page = memory.told.get('page_context');
  const selection = memory.told.get('page_selection')?.['text'] ?? '';
  const before = memory.dialogue.findLast(({ who }) => who === 'PLAYER');
  const said = [`You ask about ${subject(question)}.`];
  if (/who are you/iu.test(question)) said.push(`My name is ${name}.`);
  if (page?.['title']) said.push(`You are reading ${page['title']}.`);
  if (selection) said.push(`You marked ${short(selection)}.`);
  if (memory.narrated) said.push(`I can see ${short(named(memory))}.`);
  if (memory.reader) said.push(`That is all I know, ${memory.reader}.`);
  if (/before|remember/iu.test(question)) {
    said.push(before ? `Before, you said: ${before.text}` : 'You have said nothing before.');
  }
  if (/long|story/iu.test(question)) {
    said.push(
      'The lamp was lit at four, when the fog came in.',
      'By six nobody could see the boats any more.',
      'So the keeper rang the bell, once for every boat that was still out.',
      'At midnight the last of them answered.',
    );
  }
  return said;
}

/** With the reader's name where the vendor puts it in. */
function named({ narrated, reader }: Memory): string {
  return narrated.replaceAll('{player}', reader || 'the reader');
}

/** The question without its beginning and its mark. */
function subject(question: string): string {
  const rest = question
    .replace(
      /^(?:what|who|where|how|why|when|which|tell me|can you)\s+(?:is|are|was|does|do)?\s*/iu,
      '',
    )
    .replace(/[?.!\s]+$/u, '');
  return short(rest || question);
}

function short(text: string): string {
  const line = text
    .replace(/\s+/gu, ' ')
    .replace(/[.!?]+\s*$/u, '')
    .trim();
  return line.length > 80 ? line.slice(0, 80).replace(/\s\S*$/u, '') : line;
}
