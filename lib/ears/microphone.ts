import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { Guard } from '@/lib/ears/activity';
import type { Capture, OpenCapture } from '@/lib/ears/capture';
import { pickDevice, type Device } from '@/lib/ears/devices';
import type { Ear } from '@/lib/ears/ear';
import type { Stream } from '@/lib/ears/stream';
import { AppError, toAppError } from '@/lib/errors';

type MicrophoneState = 'off' | 'opening' | 'open';

/**
 * The one owner of the reader's microphone. Nothing is captured before `open`; after `close` the
 * track is stopped and the audio context closed, before it returns.
 */
export interface Microphone {
  readonly state: ReadonlySignal<MicrophoneState>;
  /** What a provider gets; null while it is off. */
  readonly ear: ReadonlySignal<Ear | null>;
  /** How loud it is, 0 to 1, while it is open and not deaf. */
  readonly level: ReadonlySignal<number>;
  /** Somebody speaks, or holds the key. */
  readonly speaking: ReadonlySignal<boolean>;
  /** Somebody may be speaking over the avatar; soon it is clear. */
  readonly suspecting: ReadonlySignal<boolean>;
  /** Rejects with an `AppError`, off again. Open already in that mode it does nothing. */
  open(mode: Ear['mode']): Promise<void>;
  /** The key is down, or up. Only while it is open by it. */
  press(): void;
  release(): void;
  /** The track is disabled and nobody is told anything. */
  deafen(deaf: boolean): void;
  /** The avatar can be heard: only a voice over its echo counts. */
  guard(guard: Guard): void;
  close(): void;
}

export interface MicrophoneOptions {
  readonly capture: OpenCapture;
  /** What is plugged in. */
  readonly devices: () => Promise<readonly Device[]>;
  /** The one the reader chose; null: the system's. */
  readonly wanted: () => Promise<Device | null>;
  /** The chosen one is not there, so the system's is used. */
  readonly fellBack: (missing: string) => void;
  /** It was taken away while open, by a plug or by a permission, which look alike from here; off by now. */
  readonly lost: (error: AppError) => void;
}

export function createMicrophone(options: MicrophoneOptions): Microphone {
  const state = signal<MicrophoneState>('off');
  const ear = signal<Ear | null>(null);
  const level = signal(0);
  const speaking = signal(false);
  const suspecting = signal(false);
  let life: AbortController | null = null;
  let opening: Promise<void> | null = null;
  let capture: Capture | null = null;
  let stream: Stream | null = null;
  let deaf = false;
  let guarded: Guard = 'off';

  function close(): void {
    life?.abort();
    life = null;
    opening = null;
    // First what nobody may forget: should a listener throw, nothing is captured any more.
    capture?.stop();
    capture = null;
    const closing = stream;
    stream = null;
    closing?.close();
    batch(() => {
      state.value = 'off';
      ear.value = null;
      level.value = 0;
      speaking.value = false;
    });
  }

  async function begin(mode: Ear['mode'], signal: AbortSignal): Promise<void> {
    const [wanted, present, { createStream }] = await Promise.all([
      options.wanted(),
      options.devices(),
      import('@/lib/ears/stream'),
    ]);
    const { device, missing } = pickDevice(wanted, present);
    if (signal.aborted) throw new AppError('aborted');
    /** Blocks may come before we know their rate. */
    let push: (samples: Float32Array) => void = () => undefined;
    const opened = await options.capture({
      deviceId: device?.id ?? null,
      onSamples: (samples) => push(samples),
      onEnded: () => {
        if (signal.aborted) return;
        close();
        options.lost(new AppError('microphone_gone'));
      },
      signal,
    });
    if (signal.aborted) {
      opened.stop();
      throw new AppError('aborted');
    }
    const made = createStream({
      rate: opened.rate,
      mode,
      heard: (heard) => {
        level.value = heard.level;
      },
      suspected: (is) => {
        suspecting.value = is;
      },
    });
    made.onSpeech((speech) => {
      speaking.value = speech === 'began';
    });
    push = made.push;
    capture = opened;
    stream = made;
    if (missing !== null) options.fellBack(missing);
    obey();
    const { track } = opened;
    const { onBlock, onSpeech } = made;
    batch(() => {
      state.value = 'open';
      ear.value = { track, mode, onBlock, onSpeech };
    });
  }

  /** What was said before it was open holds for it too. */
  function obey(): void {
    if (capture) capture.track.enabled = !deaf;
    stream?.deafen(deaf);
    stream?.guard(guarded);
  }

  return {
    state,
    ear,
    level,
    speaking,
    suspecting,
    open(mode) {
      if (opening && (ear.peek()?.mode ?? mode) === mode) return opening;
      close();
      const mine = new AbortController();
      life = mine;
      state.value = 'opening';
      opening = begin(mode, mine.signal).catch((thrown: unknown) => {
        if (!mine.signal.aborted) close();
        throw toAppError(thrown, 'microphone_failed');
      });
      return opening;
    },
    press: () => stream?.press(),
    release: () => stream?.release(),
    deafen(value) {
      deaf = value;
      obey();
    },
    guard(guard) {
      guarded = guard;
      obey();
    },
    close,
  };
}
