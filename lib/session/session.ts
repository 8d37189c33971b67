import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { Ear } from '@/lib/ears/ear';
import { AppError, isFinal, toAppError } from '@/lib/errors';
import { wholeOf, type PageContext } from '@/lib/page/page';
import type {
  Connection,
  Ending,
  Grant,
  Provider,
  ProviderEvent,
  ProviderId,
  Speech,
  Standing,
  Turn,
} from '@/lib/session/provider';
import { attempt, type Line, type Resume } from '@/lib/session/attempt';
import { delayBefore } from '@/lib/session/retry';
import { next, type SessionEvent, type SessionState } from '@/lib/session/state';
import { realTiming, wait, within, type Timing } from '@/lib/session/timing';

/** Longest wait for a live provider to accept one call, ms. */
const callWithin = 10_000;

export interface SessionOptions {
  /** Picks the provider and gets its grant; asked anew for every attempt, since grants run out. */
  readonly provide: (signal: AbortSignal) => Promise<{ provider: Provider; grant: Grant }>;
  /** Where a vendor renders its video. */
  readonly stage: () => HTMLElement;
  /** What was said before, oldest first; asked for once `recall` has answered. */
  readonly history: () => readonly Turn[];
  /** Every speech event, in order. */
  readonly heard: (speech: Speech) => void;
  /** What holds until it is told otherwise. */
  readonly stood?: (standing: Standing) => void;
  /** What a vendor is to be reminded of, from an earlier session; null: nothing. */
  readonly recall?: () => Promise<Resume | null>;
  /** What it gave to be reminded of; null: nothing holds any more. */
  readonly remember?: (resume: Resume | null) => void;
  /** Whether the computer has a network at all; without it no line is tried again. */
  readonly online?: ReadonlySignal<boolean>;
  readonly timing?: Timing;
}

/** What the avatar can do in this session; a control is drawn only for what it can. */
interface Abilities {
  readonly interrupt: boolean;
  readonly speak: boolean;
  readonly look: boolean;
  readonly cast: boolean;
  readonly hear: boolean;
  readonly hold: boolean;
  /** It can be asked anything, not only about the page. */
  readonly model: boolean;
  /** It can be asked while the page is still being read. */
  readonly early: boolean;
}

/** Whose turn it is: `thinking` from an accepted question to the first word of its answer. */
export type Activity = 'quiet' | 'thinking' | 'speaking';

export interface Session {
  readonly state: ReadonlySignal<SessionState>;
  readonly activity: ReadonlySignal<Activity>;
  readonly abilities: ReadonlySignal<Abilities>;
  /** Whose avatar it is; null while there is none. */
  readonly provider: ReadonlySignal<ProviderId | null>;
  /** How long the next try to get a lost line back waits, ms; null while it is under way. */
  readonly nextTry: ReadonlySignal<number | null>;
  /** Resolves when live; rejects with an `AppError` when it could not be. Many calls, one start. */
  start(): Promise<void>;
  /** Starts if need be. Rejects with an `AppError` when the question was not accepted. */
  ask(question: string, context: PageContext | null): Promise<void>;
  speak(text: string): Promise<void>;
  look(context: PageContext): Promise<void>;
  interrupt(): Promise<void>;
  mute(muted: boolean): Promise<void>;
  /** The room for its picture, CSS px. */
  resize(width: number, height: number): Promise<void>;
  cast(id: string): Promise<void>;
  hear(ear: Ear | null): Promise<void>;
  hold(on: boolean): void;
  volume(level: number): Promise<void>;
  sink(deviceId: string): Promise<void>;
  /** Opens anew with a fresh grant and goes on as if nothing had been. Rejects when it could not. */
  renew(): Promise<void>;
  /** The line is dead, though nobody has noticed yet: the computer slept. */
  revive(): void;
  /** How the line is, for diagnostics; null where nobody can tell. */
  measure(): Promise<RTCStatsReport | null>;
  /** Ends it, in any state; afterwards nothing of the provider is running. */
  end(by: Exclude<Ending['by'], 'avatar' | 'error'>): Promise<void>;
  /** As `end`: somebody else than the vendor will not go on with it. */
  fail(error: AppError): Promise<void>;
}

const noAbilities: Abilities = {
  interrupt: false,
  speak: false,
  look: false,
  cast: false,
  hear: false,
  hold: false,
  model: false,
  early: false,
};

/** One session at a time: its life, its connection, and the way back when the line is lost. */
export function createSession(options: SessionOptions): Session {
  const timing = options.timing ?? realTiming;
  const state = signal<SessionState>({ status: 'idle' });
  const activity = signal<Activity>('quiet');
  const abilities = signal<Abilities>(noAbilities);
  const provider = signal<ProviderId | null>(null);
  const nextTry = signal<number | null>(null);

  let life = new AbortController();
  let line: Line | null = null;
  let starting: Promise<void> | null = null;
  let resume: Resume | null = null;
  /** Over when `resume` is known. */
  let recalling: Promise<void> = Promise.resolve();
  /** Asked and not answered yet: asked again, once, after a reconnect. `sent`: how often it was. */
  let inFlight: { question: string; context: PageContext | null; sent: number } | null = null;
  /** The vendor itself has heard a question out, and owes an answer. */
  let heardOut = false;

  const dispatch = (event: SessionEvent) => {
    state.value = next(state.value, event);
  };

  const open = (signal: AbortSignal) =>
    attempt(options, { timing, signal, resume: () => recalling.then(() => resume), receive });

  function adopt(opened: Line): void {
    line = opened;
    const { interrupt, speak, look, cast, hear, hold, model, early } = opened.connection;
    provider.value = opened.provider;
    abilities.value = {
      interrupt: interrupt !== undefined,
      speak: speak !== undefined,
      look: look !== undefined,
      cast: cast !== undefined,
      hear: hear !== undefined,
      hold: hold !== undefined,
      model: model === true,
      early: early === true,
    };
  }

  function receive(event: ProviderEvent, from: ProviderId): void {
    switch (event.type) {
      case 'progress':
      case 'dropped':
        dispatch(event);
        return;
      case 'restored':
        dispatch(event);
        void sendHeldBack();
        return;
      case 'ended':
        // Of a line we have; whether it told before that it was down does not matter.
        if (isLoss(event.ending) && line) void reconnect();
        else void finish(event.ending);
        return;
      case 'resumable':
        resume = event.token === null ? null : { provider: from, token: event.token };
        options.remember?.(resume);
        return;
      case 'video':
      case 'cast':
      case 'details':
        options.stood?.(event);
        return;
      case 'speaking':
        activity.value =
          event.who === 'avatar' ? 'speaking' : inFlight || heardOut ? 'thinking' : 'quiet';
        break;
      case 'said':
        if (event.who === 'avatar' && event.text !== '') {
          [inFlight, heardOut] = [null, false];
          if (activity.value === 'thinking') activity.value = 'quiet';
        } else if (event.who === 'reader' && event.final && !event.cut && event.text !== '') {
          heardOut = true;
          if (activity.value === 'quiet') activity.value = 'thinking';
        }
        break;
      case 'failed':
        [inFlight, heardOut] = [null, false];
        activity.value = 'quiet';
        break;
      case 'spoken':
      case 'visemes':
      case 'emotion':
      case 'voice':
      case 'asked':
      case 'card':
      case 'looked':
      case 'pointed':
        break;
    }
    options.heard(event);
  }

  async function recall(): Promise<void> {
    if (options.recall) resume = await options.recall();
  }

  async function begin(): Promise<void> {
    life = new AbortController();
    const { signal } = life;
    dispatch({ type: 'start' });
    try {
      recalling = recall();
      const opened = await openFrom(signal);
      if (signal.aborted) {
        await opened.hangUp();
        throw new AppError('aborted');
      }
      adopt(opened);
      dispatch({ type: 'opened' });
    } catch (thrown) {
      const error = toAppError(thrown, 'provider_failed');
      if (!signal.aborted) await finish({ by: 'error', error });
      throw error;
    }
  }

  /** What was remembered may hold no longer; then it begins anew, with what was said so far. */
  async function openFrom(signal: AbortSignal): Promise<Line> {
    try {
      return await open(signal);
    } catch (thrown) {
      if (signal.aborted || resume === null || !isStale(thrown)) throw thrown;
      resume = null;
      options.remember?.(null);
      return open(signal);
    }
  }

  async function reconnect(): Promise<void> {
    const { signal } = life;
    dispatch({ type: 'dropped' });
    await letGo();
    let last: AppError = new AppError('provider_failed');
    for (let nth = 1; !signal.aborted; nth += 1) {
      // What cannot succeed is not tried, and counts as no try.
      if (await untilOnline(signal)) nth = 1;
      if (signal.aborted) return;
      const delay = delayBefore(nth, timing.chance());
      if (delay === null) {
        await finish({ by: 'error', error: last });
        return;
      }
      try {
        nextTry.value = delay;
        await wait(timing, delay, signal).finally(() => {
          nextTry.value = null;
        });
        const opened = await openFrom(signal);
        adopt(opened);
        dispatch({ type: 'restored' });
        await askAgain();
        return;
      } catch (thrown) {
        last = toAppError(thrown, 'provider_failed');
        if (!signal.aborted && isFinal(last.code)) {
          await finish({ by: 'error', error: last });
          return;
        }
      }
    }
  }

  /** @returns whether there was anything to wait for. */
  async function untilOnline(signal: AbortSignal): Promise<boolean> {
    const { online } = options;
    if (!online || online.peek()) return false;
    let stop = () => undefined as void;
    await new Promise<void>((done) => {
      signal.addEventListener('abort', () => done(), { once: true });
      stop = online.subscribe((is) => {
        if (is) done();
      });
    });
    stop();
    return true;
  }

  async function askAgain(): Promise<void> {
    const question = inFlight;
    if (!question) return;
    const context = await wholeOf(question.context);
    if (inFlight !== question) return;
    if (question.sent > 1) inFlight = null;
    else await send(question.question, context, question.sent);
  }

  /** Asked while nothing gets through: it waits here, and not at the vendor's time-outs. */
  function holdBack(question: string, context: PageContext | null): void {
    inFlight = { question, context, sent: 0 };
    activity.value = 'thinking';
    if (state.value.status === 'live') void untilOnline(life.signal).then(sendHeldBack);
  }

  async function sendHeldBack(): Promise<void> {
    const question = inFlight;
    if (!question || question.sent > 0 || isShut()) return;
    try {
      const context = await wholeOf(question.context);
      if (inFlight === question) await send(question.question, context, 0);
    } catch (thrown) {
      options.heard({ type: 'failed', error: toAppError(thrown, 'provider_failed') });
    }
  }

  /** Nothing gets through for now. */
  const isShut = () => state.value.status === 'reconnecting' || options.online?.peek() === false;

  async function send(question: string, context: PageContext | null, before: number) {
    if (!line) throw new AppError('provider_failed');
    const mine = { question, context, sent: before + 1 };
    inFlight = mine;
    activity.value = 'thinking';
    try {
      await within(timing, callWithin, life.signal, line.connection.ask(question, context));
    } catch (thrown) {
      if (inFlight === mine) {
        inFlight = null;
        activity.value = 'quiet';
      }
      throw toAppError(thrown, 'provider_failed');
    }
  }

  /** Closes whatever is open; safe when nothing is. */
  async function letGo(): Promise<void> {
    const closing = line;
    line = null;
    heardOut = false;
    abilities.value = noAbilities;
    provider.value = null;
    await closing?.hangUp();
  }

  async function finish(ending: Ending): Promise<void> {
    batch(() => {
      dispatch({ type: 'ended', ending });
      activity.value = 'quiet';
    });
    inFlight = null;
    life.abort();
    await letGo();
  }

  /** One call to a live connection; without one there is nothing to tell. */
  async function call(verb: (live: Connection) => Promise<void> | undefined): Promise<void> {
    const called = line ? verb(line.connection) : undefined;
    if (!called) return;
    try {
      await within(timing, callWithin, life.signal, called);
    } catch (thrown) {
      throw toAppError(thrown, 'provider_failed');
    }
  }

  const session: Session = {
    state,
    activity,
    abilities,
    provider,
    nextTry,
    start() {
      if (line || state.value.status === 'reconnecting') return Promise.resolve();
      // One that was called off is still on its way out; what is wanted now is another.
      if (starting && life.signal.aborted) {
        return starting.catch(() => undefined).then(() => session.start());
      }
      starting ??= begin().finally(() => {
        starting = null;
      });
      return starting;
    },
    async ask(question, context) {
      await session.start();
      if (isShut()) holdBack(question, context);
      else await send(question, context, 0);
    },
    speak: (text) => call((live) => live.speak?.(text)),
    look: (context) => call((live) => live.look?.(context)),
    async interrupt() {
      [inFlight, heardOut] = [null, false];
      activity.value = 'quiet';
      await call((live) => live.interrupt?.());
    },
    mute: (muted) => call((live) => live.mute(muted)),
    resize: (width, height) => call((live) => live.resize?.(width, height)),
    cast: (id) => call((live) => live.cast?.(id)),
    hear: (ear) => call((live) => live.hear?.(ear)),
    hold: (on) => line?.connection.hold?.(on),
    volume: (level) => call((live) => live.volume?.(level)),
    sink: (deviceId) => call((live) => live.sink?.(deviceId)),
    async renew() {
      if (state.value.status !== 'live') return;
      const before = line;
      const opened = await open(life.signal);
      await before?.hangUp();
      adopt(opened);
      activity.value = 'quiet';
    },
    revive() {
      if (state.value.status === 'live') void reconnect();
    },
    measure: async () => (await line?.connection.measure?.()) ?? null,
    end: (by) => finish({ by }),
    fail: (error) => finish({ by: 'error', error }),
  };
  return session;
}

/** It was found and refused, rather than not reached or not allowed. */
function isStale(thrown: unknown): boolean {
  const { code } = toAppError(thrown, 'provider_failed');
  return ['vendor_refused', 'vendor_expired', 'vendor_failed', 'vendor_lost'].includes(code);
}

/** What a new line may mend; what was refused stays refused, however often it is asked. */
function isLoss(ending: Ending): boolean {
  return ending.by === 'error' && !isFinal(ending.error.code);
}
