import { findByRole, type Name, type Spot } from './finder';
import { until } from './until';

/** What each browser must know how to do with one document. The rest follows from it. */
export interface Hands {
  /** Evaluates an expression without lending it a user's gesture; awaits it; returns it as JSON would. */
  run(expression: string): Promise<unknown>;
  click(x: number, y: number, button: 'left' | 'right'): Promise<void>;
  /** Presses at one spot, moves to the other, lets go. */
  drag(from: Point, to: Point): Promise<void>;
  /** One key by its DOM name, with modifiers: `Enter`, `Shift+Enter`, `Control+a`. */
  press(keys: string): Promise<void>;
  /** Holds one key, or the left button at a spot, while something happens. */
  hold(what: string | Point, meanwhile: () => Promise<void>): Promise<void>;
  type(text: string): Promise<void>;
  /** Writes what can be seen as PNG. */
  screenshot(file: string): Promise<void>;
  close(): Promise<void>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One document as a person meets it: by what things are called, not by how they are built. */
export interface View extends Hands {
  /** Runs a function inside the document. It sees its arguments and the document, nothing else. */
  evaluate<Args extends readonly unknown[], Result>(
    script: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>;
  text(): Promise<string>;
  /** Waits until it is there. */
  find(role: string, name?: Name): Promise<Spot>;
  /** Whether it is there now. */
  has(role: string, name?: Name): Promise<boolean>;
  clickOn(role: string, name?: Name): Promise<void>;
  /** Clicks into a field and types. */
  typeInto(role: string, name: Name, text: string): Promise<void>;
  waitForText(text: Name, timeout?: number): Promise<string>;
  waitFor<Args extends readonly unknown[], Result>(
    awaited: string,
    script: (...args: Args) => Result,
    ...args: Args
  ): Promise<NonNullable<Awaited<Result>>>;
}

export function createView(hands: Hands): View {
  const evaluate = async <Args extends readonly unknown[], Result>(
    script: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> => {
    // A function that a bundler has named calls `__name`, which the document does not have.
    const call = `(() => { const __name = (f) => f; return (${script.toString()})(...${JSON.stringify(args)}) })()`;
    return (await hands.run(call)) as Awaited<Result>;
  };
  const look = (role: string, name?: Name) => evaluate(findByRole, role, ...pattern(name));
  const find = (role: string, name?: Name) =>
    until(`${role} ${String(name ?? '')}`, () => look(role, name));
  const clickOn: View['clickOn'] = async (role, name) => {
    // What still moves is not clicked on: by the time the click lands, something else may lie there.
    let last: Spot | null = null;
    const spot = await until(
      `${role} ${String(name ?? '')} to lie still and uncovered`,
      async () => {
        const before = last;
        const seen = (last = await find(role, name));
        if (seen.covered !== null) throw new Error(`covered by ${seen.covered}`);
        return before?.x === seen.x && before.y === seen.y ? seen : null;
      },
    );
    await hands.click(spot.x, spot.y, 'left');
  };
  const text = () => evaluate(() => document.body.innerText);

  return {
    ...hands,
    evaluate,
    text,
    find,
    clickOn,
    has: async (role, name) => (await look(role, name)) !== null,
    typeInto: async (role, name, words) => {
      await clickOn(role, name);
      await hands.type(words);
    },
    waitForText: (wanted, timeout) =>
      until(
        `the text ${String(wanted)}`,
        async () => {
          const seen = await text();
          const found = typeof wanted === 'string' ? seen.includes(wanted) : wanted.test(seen);
          if (!found) throw new Error(seen);
          return seen;
        },
        timeout,
      ),
    waitFor: (awaited, script, ...args) => until(awaited, () => evaluate(script, ...args)),
  };
}

/** A string must be the whole name; either way what the document gets is a pattern's source and flags. */
function pattern(name: Name | undefined): [source: string | null, flags: string] {
  if (name === undefined) return [null, ''];
  if (typeof name !== 'string') return [name.source, name.flags];
  return [`^${name.replace(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`)}$`, 'u'];
}
