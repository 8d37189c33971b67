import { jot } from '@/lib/jot';

/*
 * What a page stores in its last breath may never leave it in Firefox. So a value lies in
 * `localStorage`, which takes it at once, until the browser's storage has it; whoever reads it next
 * sends it again. The background has no such store, and nobody closes it.
 */

const prefix = 'unsent:';
const lying = (key: string) => globalThis.localStorage?.getItem(prefix + key) ?? null;

/** @param write - what stores these values. */
export async function send(
  values: Readonly<Record<string, unknown>>,
  write: () => Promise<void>,
): Promise<void> {
  const texts = Object.entries(values).map(([key, value]) => [key, JSON.stringify(value)] as const);
  // Where that store is full it is on its way all the same.
  for (const [key, text] of texts) jot(prefix + key, text);
  try {
    await write();
  } finally {
    // A later value may lie there by now.
    for (const [key, text] of texts) {
      if (lying(key) === text) globalThis.localStorage?.removeItem(prefix + key);
    }
  }
}

/** What an earlier page could not send under this key; undefined where nothing is left. */
export function unsent(key: string): unknown {
  const text = lying(key);
  return text === null ? undefined : JSON.parse(text);
}
