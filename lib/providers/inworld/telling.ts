import type { PageContext } from '@/lib/page/page';
import type { Timing } from '@/lib/session/timing';
import { narrationFor, triggersFor, type Trigger } from './context';

export interface Telling {
  /** In its own time: at most once a second, and not while something is said. */
  look(context: PageContext): void;
  /** Whatever of it the character does not know yet, now: on its way before this returns. */
  before(question: string, context: PageContext | null): Promise<void>;
  /** What was held back may be told. */
  release(): Promise<void>;
  /** Another character listens, or the service has forgotten. */
  forget(): void;
  stop(): void;
}

interface Teller {
  readonly trigger: (trigger: Trigger) => Promise<void>;
  readonly narrate: (text: string) => Promise<void>;
  /** Something is being said. */
  readonly taken: () => boolean;
}

/** Between two things told of themselves, in milliseconds; a question does not wait for it. */
const apart = 1_000;

/** Tells a character of the page, and nothing twice. */
export function createTelling(teller: Teller, timing: Timing): Telling {
  const known = new Map<string, string>();
  let waiting: PageContext | null = null;
  let callOff: (() => void) | null = null;

  /** Only what is new; an empty selection only where there was one. */
  function news(context: PageContext): Trigger[] {
    return triggersFor(context).filter(({ name, parameters }) => {
      const told = known.get(name);
      if (told === undefined) return name === 'page_context' || parameters[0]?.value !== '';
      return told !== JSON.stringify(parameters);
    });
  }

  async function tell(trigger: Trigger): Promise<void> {
    known.set(trigger.name, JSON.stringify(trigger.parameters));
    await teller.trigger(trigger).catch((thrown: unknown) => {
      known.delete(trigger.name);
      throw thrown;
    });
  }

  async function release(): Promise<void> {
    if (callOff || !waiting || teller.taken()) return;
    const [next, ...more] = news(waiting);
    if (more.length === 0) waiting = null;
    if (!next) return;
    callOff = timing.after(apart, () => {
      callOff = null;
      void release();
    });
    // It colours an answer, no more: a line that is gone will be told of by the next question.
    await tell(next).catch(() => undefined);
  }

  return {
    look(context) {
      waiting = context;
      void release();
    },
    async before(question, context) {
      waiting = null;
      if (!context) return;
      // In order, and none waits for the one before: the SDK takes 10 ms to say that one is written.
      const telling = news(context).map(tell);
      const narration = narrationFor(question, context);
      if (narration !== null && known.get('narration') !== narration) {
        known.set('narration', narration);
        telling.push(teller.narrate(narration));
      }
      await Promise.all(telling);
    },
    release,
    forget() {
      known.clear();
    },
    stop() {
      callOff?.();
      callOff = null;
      waiting = null;
    },
  };
}
