import type { Message } from '@/lib/transcript/message';

/**
 * The end of the last conversation, where the panel's very first frame can read it: before any
 * database, and before most of our own code. No schema reads it, since that would have to be
 * loaded first; it is only ever shown as text.
 */
export interface Glimpse {
  readonly said: readonly Said[];
  readonly draft: string;
}

interface Said {
  readonly who: 'reader' | 'avatar';
  /** As the panel calls them. */
  readonly name: string;
  readonly text: string;
}

const key = 'glimpse';
/** About what fits on a tall panel. */
const most = 8;
const longest = 1_500;

export function keepGlimpse(
  messages: readonly Message[],
  draft: string,
  nameOf: (message: Message) => string,
): void {
  const said = messages.slice(-most).map((message) => ({
    who: message.who,
    name: nameOf(message),
    text: message.text.slice(0, longest),
  }));
  const glimpse: Glimpse = { said, draft: draft.slice(0, longest) };
  globalThis.localStorage?.setItem(key, JSON.stringify(glimpse));
}

export function lastGlimpse(): Glimpse | null {
  const kept = globalThis.localStorage?.getItem(key);
  if (kept === null || kept === undefined) return null;
  const glimpse: unknown = JSON.parse(kept);
  return isGlimpse(glimpse) ? glimpse : null;
}

export function forgetGlimpse(): void {
  globalThis.localStorage?.removeItem(key);
}

function isGlimpse(value: unknown): value is Glimpse {
  return (
    typeof value === 'object' &&
    value !== null &&
    'said' in value &&
    Array.isArray(value.said) &&
    'draft' in value &&
    typeof value.draft === 'string'
  );
}
