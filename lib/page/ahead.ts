/**
 * What reads a page is a script of some size. It is brought to the page while a question is still
 * being typed, and waits there; it reads when the question is asked, and not before.
 */
const mark = 'visavis.reader';
const waits = 'waits';

/** In the page: gives what `read` gives, unless it was brought ahead. From then on `read` waits there. */
export function readOrWait<T>(read: () => T): T | null {
  const key = Symbol.for(mark);
  const isAhead = Reflect.get(globalThis, key) === waits;
  Reflect.set(globalThis, key, read);
  return isAhead ? null : read();
}

/** For `executeScript`: what is injected next shall wait. */
export const expecting = {
  func: (name: string, waits: string) => {
    Reflect.set(globalThis, Symbol.for(name), waits);
  },
  args: [mark, waits] as [string, string],
};

/** For `executeScript`: what waits reads now. Null where nothing does; what comes late reads at once. */
export const calling = {
  func: (name: string) => {
    const key = Symbol.for(name);
    const read: unknown = Reflect.get(globalThis, key);
    if (typeof read === 'function') return read() as unknown;
    Reflect.deleteProperty(globalThis, key);
    return null;
  },
  args: [mark] as [string],
};
