import { json, request, type Api } from './api';
import { withoutEmoji } from './emoji';
import { ApiError, LLMError, LLMStreamingResponseError } from './errors';
import { linesOf, type StreamLine } from './lines';
import { described, runTools, type ChatTool, type ToolCall } from './tool';

export type LLMStreamChunk =
  /** All of the answer so far, and the same joined. */
  | { type: 'message'; chunks: string[]; message: string; finish: boolean }
  | { type: 'tool_call'; tool_calls: ToolCall[] }
  | { type: 'tool_result'; tool_call_id: string; result: object }
  | { type: 'error'; error: LLMError };

export type HistoryEntry = Record<string, unknown> & {
  readonly role: 'user' | 'assistant' | 'tool';
};

export interface Turn {
  readonly message: string;
  readonly tools: readonly ChatTool[];
  readonly signal?: AbortSignal | undefined;
}

/** Requests of one turn: a model that goes on calling tools after that will never answer. */
const mostRequests = 10;

/**
 * One turn with the model. `history` grows by it when it ends, also when it was aborted, since
 * what was said was said; not when it failed.
 */
export async function* converse(
  api: Api,
  history: HistoryEntry[],
  { message, tools, signal }: Turn,
): AsyncGenerator<LLMStreamChunk> {
  if (message.trim() === '') throw new Error('Message cannot be empty');
  const turn: HistoryEntry[] = [{ role: 'user', content: message }];
  const chunks: string[] = [];
  const soFar = (finish: boolean): LLMStreamChunk => ({
    type: 'message',
    chunks: [...chunks],
    message: chunks.join(''),
    finish,
  });
  let block = '';
  const closeBlock = () => {
    if (block !== '') turn.push({ role: 'assistant', type: 'message', content: block });
    block = '';
  };
  const keep = () => {
    closeBlock();
    history.push(...turn);
    forget(history);
  };

  try {
    for (let nth = 1; ; nth += 1) {
      if (signal?.aborted) break;
      if (nth > mostRequests) {
        const reason = `Tool follow-up loop exceeded maximum rounds (${mostRequests})`;
        throw new LLMStreamingResponseError(reason);
      }
      const body = json({ messages: [...history, ...turn], tools: tools.map(described) });
      const response = await request(api, 'llm/v2/', { ...body, ...(signal && { signal }) });
      if (!response.body) throw new LLMStreamingResponseError('An answer without a body');
      let asked: ToolCall[] = [];
      for await (const lines of linesOf(response.body)) {
        let grew = false;
        for (const line of lines) {
          if (line.type === 'message') {
            const piece = withoutEmoji(line.content);
            chunks.push(piece);
            block += piece;
            grew = true;
            continue;
          }
          if (grew) yield soFar(false);
          grew = false;
          closeBlock();
          const entry = entryOf(line);
          if (entry) turn.push(entry);
          if (line.toolCalls) {
            asked = callsIn(line);
            yield { type: 'tool_call', tool_calls: asked };
          }
        }
        if (grew) yield soFar(false);
        if (signal?.aborted) break;
      }
      closeBlock();
      if (asked.length === 0 || signal?.aborted) break;
      const results = await runTools(tools, asked);
      for (const { id, result } of results) {
        turn.push({ role: 'tool', content: JSON.stringify(result), tool_call_id: id });
        yield { type: 'tool_result', tool_call_id: id, result };
      }
      const others = results.length > 0 && results.length < asked.length;
      if (!others && !results.some(({ executeOnly }) => !executeOnly)) break;
    }
    keep();
    if (!signal?.aborted || chunks.length > 0) yield soFar(true);
  } catch (thrown) {
    if (thrown instanceof ApiError || thrown instanceof LLMStreamingResponseError) {
      yield { type: 'error', error: new LLMError(thrown) };
      return;
    }
    if (signal?.aborted) keep();
    throw thrown;
  }
}

/** Characters of history sent with a question; what came before is forgotten, whole turns at once. */
const mostHistory = 60_000;

function forget(history: HistoryEntry[]): void {
  let size = history.reduce((sum, entry) => sum + sizeOf(entry), 0);
  while (size > mostHistory) {
    const next = history.findIndex(({ role }, i) => i > 0 && role === 'user');
    // Of one turn that is too long by itself nothing is of use.
    const gone = history.splice(0, next < 0 ? history.length : next);
    for (const entry of gone) size -= sizeOf(entry);
  }
}

function sizeOf({ content }: HistoryEntry): number {
  return 50 + (typeof content === 'string' ? content.length : 0);
}

/** What of a line other than text is remembered: a tool asked for, or what the service's own gave. */
function entryOf({ type, role, content, toolCalls, toolCallId }: StreamLine): HistoryEntry | null {
  if (type !== 'tool_call') return null;
  if (toolCalls) return { role: 'assistant', type, content, tool_calls: toolCalls };
  return role === 'tool' ? { role: 'tool', type, content, tool_call_id: toolCallId } : null;
}

function callsIn({ toolCalls }: StreamLine): ToolCall[] {
  return (toolCalls ?? []).filter(isToolCall);
}

function isToolCall(value: unknown): value is ToolCall {
  if (typeof value !== 'object' || value === null || !('function' in value)) return false;
  const { function: called } = value;
  return (
    typeof called === 'object' &&
    called !== null &&
    'name' in called &&
    'arguments' in called &&
    typeof called.arguments === 'string'
  );
}
