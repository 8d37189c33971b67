import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { Asker } from '@/lib/ears/asking';
import type { Ear } from '@/lib/ears/ear';
import type { Microphone, MicrophoneOptions } from '@/lib/ears/microphone';
import type { Permission } from '@/lib/ears/permission';
import { AppError, toAppError } from '@/lib/errors';
import type { Notices } from '@/lib/panel/notice';
import { switchOffInSilence } from '@/lib/panel/auto-off';
import { createDuplex } from '@/lib/panel/duplex';
import { createUnderstanding, type Consent, type OwnEars } from '@/lib/panel/understanding';
import type { Session } from '@/lib/session/session';
import * as settings from '@/lib/settings';
import { browserClock, type Clock } from '@/lib/voice/clock';
import { t } from '@/lib/words';

export type { Consent } from '@/lib/panel/understanding';

/** What the microphone does, as the reader sees it. */
export type ListeningState =
  | 'off'
  /** The reader is asked for leave in another tab. */
  | 'asking'
  | 'opening'
  | 'ready'
  | 'hearing'
  /** It waits until the avatar has spoken. */
  | 'deaf'
  | 'thinking';

/** How the reader talks to whoever is there. */
export interface Listening {
  readonly state: ReadonlySignal<ListeningState>;
  readonly level: ReadonlySignal<number>;
  /** What the button does: hold it, or press it once. */
  readonly mode: ReadonlySignal<Ear['mode']>;
  /** Whether it stays on until it is switched off. */
  readonly stays: ReadonlySignal<boolean>;
  /** Whether whoever is there could hear at all; true while nobody is. */
  readonly able: ReadonlySignal<boolean>;
  readonly consent: ReadonlySignal<Consent | null>;
  /** The button, or the space bar, is down. */
  press(): void;
  release(): void;
  /** On until it is switched off, whatever the button does; or off. */
  toggle(): void;
  stop(): void;
  /** The panel cannot be seen any more. */
  hidden(): void;
  agree(): Promise<void>;
  download(): Promise<void>;
  decline(): void;
  dispose(): void;
}

export interface ListeningOptions {
  readonly session: Session;
  readonly notices: Notices;
  readonly microphone: (told: Pick<MicrophoneOptions, 'fellBack' | 'lost'>) => Microphone;
  readonly permission: Permission;
  /** Null where the browser asks by itself, in the panel. */
  readonly asker: Asker | null;
  /** Shows how to allow what was denied. */
  readonly howTo: () => void;
  readonly own: () => Promise<OwnEars>;
  readonly isPrivate: boolean;
  /** Wakes the avatar, if it sleeps. */
  readonly wake: () => Promise<void>;
  /** Silences the avatar. */
  readonly interrupt: () => Promise<void>;
  readonly clock?: Clock;
}

/** Listens for a panel. */
export type Ears = (
  panel: Pick<ListeningOptions, 'session' | 'notices' | 'wake' | 'interrupt'>,
) => Listening;

export function createListening(options: ListeningOptions): Listening {
  const { session, notices, permission, asker, clock = browserClock } = options;
  const kept = signal(settings.newEars);
  const waiting = signal<'asking' | 'opening' | null>(null);
  const microphone = options.microphone({
    fellBack: (missing) =>
      notices.show({ text: t('listening.fellBack', [missing]), calm: true, action: null }),
    lost,
  });
  const { ear, level } = microphone;
  const deaf = signal(false);
  const understanding = createUnderstanding({
    session,
    notices,
    own: options.own,
    understood: async () => {
      if (kept.peek().mode === 'open') await open('open');
      else tip();
    },
  });
  /** What is under way; whatever ends it makes the rest of it void. */
  let attempt: AbortController | null = null;
  let held = false;
  let pressedAt = 0;
  let callOffTail: () => void = () => undefined;
  let told = false;

  const state = computed<ListeningState>(() => {
    if (waiting.value !== null) return waiting.value;
    if (microphone.state.value !== 'open') return 'off';
    if (microphone.speaking.value) return 'hearing';
    if (deaf.value) return 'deaf';
    return session.activity.value === 'thinking' ? 'thinking' : 'ready';
  });

  /** The browser tells of the plug and of the leave in either order. */
  function lost(error: AppError): void {
    clock.after(settling, () => {
      const leave = permission.leave.peek();
      // Where the browser asks by itself, leave for this once is none that it would tell of.
      const taken = leave === 'denied' || (asker !== null && leave !== 'granted');
      fail(taken ? new AppError('microphone_revoked') : error);
    });
  }

  function fail(thrown: unknown): void {
    const error = toAppError(thrown, 'microphone_failed');
    const { code } = error;
    if (code === 'microphone_denied' || code === 'microphone_revoked') {
      const action = { label: t('listening.how'), run: options.howTo };
      notices.show({ text: t(`error.${code}`), action });
    } else notices.fail(error);
  }

  /** Silence, at once. */
  function cutIn(): void {
    if (session.activity.peek() === 'speaking') void options.interrupt();
  }

  function stop(): void {
    attempt?.abort();
    attempt = null;
    held = false;
    callOffTail();
    waiting.value = null;
    microphone.close();
  }

  /** Never opens what the browser would have to ask for where it cannot ask. */
  async function mayOpen(signal: AbortSignal): Promise<void> {
    await permission.ready;
    const leave = permission.leave.peek();
    if (leave === 'granted') return;
    if (leave === 'denied') throw new AppError('microphone_denied');
    if (!asker) return;
    waiting.value = 'asking';
    await asker.ask(signal);
    waiting.value = 'opening';
  }

  /** @returns whether it is open, and still wanted. */
  async function open(mode: Ear['mode']): Promise<boolean> {
    attempt?.abort();
    const mine = new AbortController();
    attempt = mine;
    const { signal } = mine;
    waiting.value = 'opening';
    try {
      await options.wake();
      // Why there is nobody, a notice says already.
      if (signal.aborted || session.state.peek().status !== 'live') return false;
      if (!session.abilities.peek().hear) {
        await understanding.explain();
        return false;
      }
      await mayOpen(signal);
      if (signal.aborted) return false;
      await microphone.open(mode);
      asker?.taken();
      if (options.isPrivate && !told) {
        told = true;
        notices.show({ text: t('listening.private'), calm: true, action: null });
      }
      return !signal.aborted;
    } catch (thrown) {
      if (!signal.aborted) fail(thrown);
      return false;
    } finally {
      if (attempt === mine) waiting.value = null;
    }
  }

  function offInSilence(silence: string): void {
    stop();
    notices.show({
      text: t('listening.idle', [silence]),
      calm: true,
      action: { label: t('listening.talk'), run: listening.toggle },
    });
  }

  const tip = () => notices.show({ text: t('listening.tip'), calm: true, action: null });

  async function hold(): Promise<void> {
    if (!(await open('hold'))) return;
    if (held) {
      microphone.press();
      return;
    }
    // Allowed meanwhile: what it is good for is said, and nothing listens before it is held.
    microphone.close();
    tip();
  }

  let given = false;
  const stops = [
    createDuplex({ session, microphone, kept, clock, deaf }),
    switchOffInSilence({ session, microphone, kept, clock, off: offInSilence }),
    settings.ears.watch((stored) => {
      kept.value = stored;
    }),
    // Taken back in the settings.
    settings.cloudEars.watch((company) => {
      if (company === null && session.provider.peek() === 'local') {
        session.renew().catch(notices.fail);
      }
    }),
    effect(() => {
      const heard = ear.value;
      const { hear } = session.abilities.value;
      const { status } = session.state.value;
      if (status !== 'live' || !hear || (heard === null && !given)) return;
      given = heard !== null;
      untracked(() => void session.hear(heard).catch(fail));
    }),
    // Nobody is there to hear it, or nobody who could.
    effect(() => {
      const { status } = session.state.value;
      const gone = status === 'ended' || (status === 'live' && !session.abilities.value.hear);
      if (gone && ear.value) untracked(stop);
    }),
    // Not every browser ends the track with the leave.
    effect(() => {
      if (permission.leave.value !== 'denied' || !ear.value) return;
      untracked(() => {
        stop();
        fail(new AppError('microphone_revoked'));
      });
    }),
    effect(() =>
      ear.value?.onSpeech((speech) => {
        if (speech === 'began') cutIn();
      }),
    ),
  ];
  settings.ears.get().then(
    (stored) => {
      kept.value = stored;
    },
    () => undefined,
  );

  const listening: Listening = {
    state,
    level,
    mode: computed(() => kept.value.mode),
    stays: computed(() => ear.value?.mode === 'open'),
    able: computed(() => {
      const own = session.provider.value === 'local' || session.provider.value === null;
      return own || session.abilities.value.hear;
    }),
    consent: understanding.consent,
    press() {
      // Asked already, and forgotten in its tab.
      if (waiting.peek() === 'asking') asker?.show();
      else if (kept.peek().mode === 'open' || ear.peek()?.mode === 'open') listening.toggle();
      else if (!held) {
        held = true;
        pressedAt = clock.now();
        callOffTail();
        cutIn();
        void hold();
      }
    },
    release() {
      if (!held) return;
      held = false;
      // The reader lets go to answer the browser, here or in the other tab.
      if (waiting.peek() !== null && permission.leave.peek() === 'prompt') return;
      if (microphone.state.peek() === 'open') {
        // The last sound is still on its way through the device.
        callOffTail = clock.after(tail, () => {
          microphone.release();
          stop();
        });
        return;
      }
      if (waiting.peek() === null) return;
      stop();
      if (clock.now() - pressedAt < tap) tip();
    },
    toggle() {
      if (waiting.peek() !== null || microphone.state.peek() !== 'off') stop();
      else {
        cutIn();
        void open('open');
      }
    },
    stop,
    hidden() {
      if (microphone.state.peek() === 'off') return;
      stop();
      notices.show({ text: t('listening.hidden'), calm: true, action: null });
    },
    agree: understanding.agree,
    download: understanding.download,
    decline: understanding.decline,
    dispose() {
      stop();
      for (const stop of stops) stop();
      permission.dispose();
    },
  };
  return listening;
}

/** ms until both what was pulled and what was taken back are known. */
const settling = 250;
/** ms from the microphone to us. */
const tail = 150;
/** ms; shorter is a press, not a hold. */
const tap = 400;
