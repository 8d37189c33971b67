import * as v from 'valibot';

/**
 * The letters typed last, written before the key is up. A page that is closed is given no time
 * for a database; this store needs none. It may lose a few seconds to a crash, which the database
 * does not, so whichever is newer counts.
 */
const schema = v.object({ conversation: v.string(), text: v.string(), at: v.number() });
const key = 'letters';

/** `at`: milliseconds since the epoch. */
export function keepLetters(conversation: string, text: string, at: number): void {
  try {
    store()?.setItem(key, JSON.stringify({ conversation, text, at }));
  } catch (thrown) {
    // Full: the database has it all the same.
    if (!(thrown instanceof DOMException)) throw thrown;
  }
}

/** What was typed last in this conversation, and when; null where nothing is known. */
export function lastLetters(
  conversation: string,
): { readonly text: string; readonly at: number } | null {
  const kept = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), store()?.getItem(key));
  return kept.success && kept.output.conversation === conversation ? kept.output : null;
}

export function forgetLetters(): void {
  store()?.removeItem(key);
}

function store(): Storage | undefined {
  return globalThis.localStorage;
}
