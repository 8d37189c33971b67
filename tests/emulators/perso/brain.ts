/** One line of an answer; `wait` before it is up to who sends it. */
export type Line =
  | { readonly type: 'message'; readonly role: 'assistant'; readonly content: string }
  | {
      readonly type: 'tool_call';
      readonly role: 'assistant';
      readonly content: '';
      readonly tool_calls: readonly object[];
    }
  | {
      readonly type: 'tool_call';
      readonly role: 'tool';
      readonly content: string;
      readonly tool_call_id: string;
    }
  | { readonly type: 'end' };

export interface Asked {
  readonly messages: readonly Record<string, unknown>[];
  readonly tools: readonly unknown[];
}

/** Answers as a brain would that knows nothing but what it was told. */
export function think({ messages, tools }: Asked): Line[] {
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const told = contentOf(messages[last]);
  const question = /The reader asks: ([^]*)$/u.exec(told)?.[1]?.trim() ?? told.trim();
  const results = messages
    .slice(last + 1)
    .filter(({ role }) => role === 'tool')
    .map(contentOf);
  const names = new Set(tools.map(nameOf));
  const wanted = results.length === 0 ? wantedFor(question) : null;
  if (wanted && names.has(wanted.name)) return [call(wanted.name, wanted.args), { type: 'end' }];
  if (wanted?.name === 'weather') {
    const own = call('weather', {});
    const given: Line = {
      type: 'tool_call',
      role: 'tool',
      content: 'Rain',
      tool_call_id: 'call-weather',
    };
    return [own, given, ...said([`The weather tool says rain.`]), { type: 'end' }];
  }
  const title = /^Title: (.+)$/mu.exec(told)?.[1];
  const selected = /^Words the reader selected: (.+)$/mu.exec(told)?.[1];
  return [
    ...said([
      `You asked: ${question.replace(/[.?!]+$/u, '')}.`,
      ...(title === undefined ? [] : [`You are reading “${title}”.`]),
      ...(selected === undefined ? [] : [`You selected “${selected.slice(0, 200)}”.`]),
      ...results.map(answerFrom),
    ]),
    { type: 'end' },
  ];
}

function contentOf(message: Record<string, unknown> | undefined): string {
  const content = message?.['content'];
  return typeof content === 'string' ? content : '';
}

function said(sentences: readonly string[]): Line[] {
  return sentences.map((sentence, i) => ({
    type: 'message',
    role: 'assistant',
    content: i === 0 ? sentence : ` ${sentence}`,
  }));
}

function call(name: string, args: object): Line {
  return {
    type: 'tool_call',
    role: 'assistant',
    content: '',
    tool_calls: [
      {
        id: `call-${name}`,
        type: 'function',
        function: { name, arguments: JSON.stringify(args) },
      },
    ],
  };
}

function nameOf(tool: unknown): string {
  const { function: called } = tool as { function?: { name?: string } };
  return called?.name ?? '';
}

function wantedFor(question: string): { name: string; args: object } | null {
  const quoted = /[“"]([^”"]+)[”"]/u.exec(question)?.[1];
  if (/\bweather\b/iu.test(question)) return { name: 'weather', args: {} };
  if (/\b(?:show|point)\b/iu.test(question))
    return { name: 'show_passage', args: { text: quoted ?? question } };
  if (/\b(?:find|where)\b/iu.test(question))
    return { name: 'find_in_page', args: { text: quoted ?? question } };
  if (/\b(?:selected|selection|marked)\b/iu.test(question))
    return { name: 'read_selection', args: {} };
  if (/\b(?:page|article|about|summari[sz]e)\b/iu.test(question))
    return { name: 'read_page', args: {} };
  return null;
}

/** The first words of what a tool gave, or why it gave nothing. */
function answerFrom(result: string): string {
  const found =
    /"(?:refused|text|shown|error)":"((?:[^"\\]|\\.)+)"/u.exec(result)?.[1] ?? 'nothing';
  const plain = found
    .replace(/\\[nt]/gu, ' ')
    .replace(/\\"/gu, '"')
    .slice(0, 120);
  return `I found: ${plain.replace(/[.?!\s]+$/u, '')}.`;
}
