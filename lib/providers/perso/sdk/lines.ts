import { LLMStreamingResponseError } from './errors';

/** One line of a streamed answer. */
export interface StreamLine {
  readonly type: string;
  readonly role: string;
  readonly content: string;
  readonly toolCalls: readonly unknown[] | null;
  readonly toolCallId: string | null;
}

/** Longest line, in characters: nothing a person would listen to is longer. */
const longest = 2_000_000;

/**
 * The lines of an answer, as many at once as came at once. Blank ones, comments and `[DONE]` are
 * what servers of events send, and mean nothing.
 *
 * Throws an `LLMStreamingResponseError` at what cannot be understood.
 */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamLine[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + decoder.decode(read.value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longest) throw new LLMStreamingResponseError('A line without end');
      const parsed = lines.flatMap(parse);
      if (parsed.length > 0) yield parsed;
    }
    const last = parse(rest + decoder.decode());
    if (last.length > 0) yield last;
  } finally {
    // Whoever stops reading ends the answer; of one that broke there is nothing to cancel.
    await reader.cancel().catch(() => undefined);
  }
}

function parse(raw: string): StreamLine[] {
  const line = raw.trim();
  if (line === '' || /^(?::|event:|id:|retry:|data:\s*\[DONE\]$)/u.test(line)) return [];
  if (!line.startsWith('data: {'))
    throw new LLMStreamingResponseError('Failed to parse SSE response');
  const value = objectOf(line.slice('data: '.length));
  if (value['status'] !== 'success') {
    const { reason } = value;
    throw new LLMStreamingResponseError(typeof reason === 'string' ? reason : 'No reason given');
  }
  const text = (name: string) => {
    const found = value[name];
    return typeof found === 'string' ? found : '';
  };
  const calls = value['tool_calls'];
  return [
    {
      type: text('type'),
      role: text('role'),
      content: text('content'),
      toolCalls: Array.isArray(calls) ? calls : null,
      toolCallId: text('tool_call_id') || null,
    },
  ];
}

function objectOf(source: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(source);
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
  }
  throw new LLMStreamingResponseError('Failed to parse SSE response');
}
