import type { Session } from 'perso-interactive-sdk-web/client';
import type { Limits } from '@/lib/providers/perso/limits';
import type { ProviderEvent } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';

/** A sentence to be spoken: where it stands in its message, and how it is said. */
interface Sentence {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** It was said, or nobody will say it any more; not when silence was asked for. */
  readonly over: () => void;
}

export interface SpeechQueue {
  /** After all that is still to be said. */
  say(sentence: Sentence): void;
  /** The same, by the service itself: these very words. */
  utter(sentence: Sentence): void;
  /** More sentences may come: pauses between them are no silence. @returns its end. */
  hold(): () => void;
  /** The service began to say something. */
  began(message: string, duration: number): void;
  /** How far into a message the voice has come. */
  heardOf(id: string): number;
  /** Something is said, or still to be said. */
  busy(): boolean;
  /** Nothing more of it, and nobody speaks. */
  hush(): void;
}

/** Sound is heard a little after it was sent, ms. */
const onItsWay = 200;

/** Sentence by sentence: has each spoken, gives it to the avatar, and says what is being said when. */
export function createSpeech(
  session: Session,
  limits: Limits,
  emit: (event: ProviderEvent) => void,
): SpeechQueue {
  let life = new AbortController();
  let giving: Promise<void> = Promise.resolve();
  /** Not with the avatar yet. */
  let waiting = 0;
  /** With the avatar, and not begun. */
  let given: Sentence[] = [];
  /** What may still be told of before silence is there. */
  const stale = new Set<string>();
  let held = 0;
  let speaking = false;
  let endsAt = 0;
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let heard = new Map<string, number>();

  const after = (ms: number, done: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      done();
    }, ms);
    timers.add(timer);
    return timer;
  };

  function settle(): void {
    if (!speaking || held > 0 || waiting > 0 || given.length > 0) return;
    if (performance.now() < endsAt - 5) return;
    speaking = false;
    emit({ type: 'speaking', who: null });
  }

  async function give(sentence: Sentence, { signal }: AbortController): Promise<void> {
    if (signal.aborted) return;
    const { text } = sentence;
    let isGiven = false;
    try {
      const voice = await within(realTiming, limits.voice, signal, session.processTTS(text));
      if (voice) {
        // Before it is sent: the service may begin to say it at once.
        given.push(sentence);
        isGiven = true;
        const going = session.processSTF(voice, undefined, text);
        void going.then(() => quiet(signal)).catch(() => undefined);
        await within(realTiming, limits.voice, signal, going);
      }
    } catch {
      // There is another way to say it.
      isGiven = false;
      given = given.filter((other) => other !== sentence);
    }
    if (signal.aborted) return;
    if (isGiven) expect(sentence);
    else hand(sentence);
  }

  /** Silence was asked for while it went up: it must not be said after all. */
  function quiet(signal: AbortSignal): void {
    const nothingElse = !speaking && given.length === 0;
    if (signal.aborted && nothingElse) session.clearBuffer().catch(() => undefined);
  }

  /** Has the service speak it by itself. */
  function hand(sentence: Sentence): void {
    given.push(sentence);
    session.processTTSTF(sentence.text);
    expect(sentence);
  }

  /** What it does not begin to say will not be said. */
  function expect(sentence: Sentence): void {
    after(Math.max(0, endsAt - performance.now()) + limits.begin, () => {
      if (!given.includes(sentence)) return;
      // Others are still being said before it.
      if (performance.now() < endsAt + limits.begin / 2) return expect(sentence);
      given = given.filter((other) => other !== sentence);
      sentence.over();
      settle();
    });
  }

  return {
    say(sentence) {
      const mine = life;
      waiting += 1;
      giving = giving
        .then(() => give(sentence, mine))
        .finally(() => {
          if (mine !== life) return;
          waiting -= 1;
          settle();
        });
    },
    utter(sentence) {
      const mine = life;
      waiting += 1;
      giving = giving.then(() => {
        if (mine !== life) return;
        waiting -= 1;
        hand(sentence);
      });
    },
    hold() {
      const mine = life;
      held += 1;
      return () => {
        if (mine !== life) return;
        held -= 1;
        settle();
      };
    },
    began(message, duration) {
      if (stale.delete(message)) return;
      const nth = given.findIndex(({ text }) => text === message);
      const [sentence] = given.splice(Math.max(0, nth), 1);
      if (!sentence) return;
      const now = performance.now();
      const start = Math.max(now, endsAt - onItsWay);
      endsAt = start + duration + onItsWay;
      if (!speaking) {
        speaking = true;
        emit({ type: 'speaking', who: 'avatar' });
      }
      const { id, from, to, over } = sentence;
      const begin = () => {
        heard.set(id, to);
        emit({ type: 'spoken', id, from, to });
      };
      if (start - now < 50) begin();
      else after(start - now, begin);
      after(endsAt - now, () => {
        over();
        settle();
      });
    },
    busy: () => speaking || waiting > 0 || given.length > 0,
    heardOf: (id) => heard.get(id) ?? 0,
    hush() {
      life.abort();
      life = new AbortController();
      waiting = 0;
      held = 0;
      stale.clear();
      for (const { text } of given) stale.add(text);
      given = [];
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      heard = new Map();
      endsAt = 0;
      if (!speaking) return;
      speaking = false;
      emit({ type: 'speaking', who: null });
    },
  };
}
