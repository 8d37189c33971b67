import * as v from 'valibot';

/** Where the reader was: in which conversation, and how far up in it. */
export interface Place {
  readonly conversation: string;
  /** The message at the upper edge and how far it stood above it, CSS px; null: at the end. */
  readonly at: { readonly message: string; readonly above: number } | null;
}

const schema = v.object({
  conversation: v.string(),
  at: v.nullable(v.object({ message: v.string(), above: v.number() })),
});
const key = 'place';

export function keepPlace(place: Place): void {
  globalThis.localStorage?.setItem(key, JSON.stringify(place));
}

export function lastPlace(): Place | null {
  const kept = globalThis.localStorage?.getItem(key);
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), kept);
  return read.success ? read.output : null;
}

export function forgetPlace(): void {
  globalThis.localStorage?.removeItem(key);
}
