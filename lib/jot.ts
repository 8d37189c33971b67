/** Notes it where a page needs no time to; not at all where that store is full, or there is none. */
export function jot(key: string, text: string): void {
  try {
    globalThis.localStorage?.setItem(key, text);
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
  }
}
