import type { Speech } from '@/lib/session/provider';
import type { Inside } from './inside';

/** The way sound takes from the SDK to the ear. */
export interface Sound {
  /** The browser plays it; otherwise it waits for a click. */
  readonly running: boolean;
  /** Milliseconds from "it is played" to "it is heard". */
  readonly latency: number;
  volume(level: number): void;
  /** Nothing that has come so far is heard any more; true again lets the next be heard. */
  hush(quiet: boolean): void;
  /** Not heard while somebody may be cutting in; it is played all the same. */
  hold(on: boolean): void;
  /** Inside a click. */
  unlock(): Promise<void>;
  /** Absent where the browser cannot choose (Firefox 153 has no `setSinkId` on a context). */
  readonly sink: ((deviceId: string) => Promise<void>) | null;
  /** Called when it begins or stops to be played. @returns the way to stop listening */
  onChange(listener: () => void): () => void;
}

/**
 * Takes the SDK's sound through a gain of our own, and stands between it and the decoder: a chunk
 * that cannot be decoded would freeze all that follow, and one still being decoded while playback is stopped would
 * be played in the place of the next.
 */
export function createSound({ context, gain }: Inside): Sound {
  const output = context?.createGain() ?? null;
  let level = 1;
  let quiet = false;
  let held = false;
  let epoch = 0;
  const apply = () => {
    if (output) output.gain.value = quiet || held ? 0 : level;
  };
  if (context && gain && output) {
    gain.disconnect();
    gain.connect(output).connect(context.destination);
    guardDecoding(context, () => epoch);
  }
  const setSinkId: unknown = context ? Reflect.get(context, 'setSinkId') : undefined;
  return {
    get running() {
      return context?.state === 'running';
    },
    get latency() {
      const seconds = context?.outputLatency || context?.baseLatency || 0;
      return seconds * 1000;
    },
    volume(to) {
      level = Math.min(1, Math.max(0, to));
      apply();
    },
    hush(on) {
      if (on) epoch += 1;
      quiet = on;
      apply();
    },
    hold(on) {
      held = on;
      apply();
    },
    async unlock() {
      if (context?.state === 'suspended') await context.resume();
    },
    sink:
      typeof setSinkId === 'function'
        ? async (deviceId) => {
            await Reflect.apply(setSinkId, context, [deviceId]);
          }
        : null,
    onChange(listener) {
      context?.addEventListener('statechange', listener);
      return () => context?.removeEventListener('statechange', listener);
    },
  };
}

/** Tells when the browser holds sound back and when it lets it go. @returns the way to stop */
export function tellWhetherHeard(
  sound: Sound,
  emit: (event: Speech) => void,
  released: () => void,
): () => void {
  let blocked = false;
  const look = () => {
    if (!sound.running) emit({ type: 'voice', state: 'blocked' });
    else if (blocked) emit({ type: 'voice', state: 'heard' });
    blocked = !sound.running;
    if (!blocked) released();
  };
  look();
  return sound.onChange(look);
}

function guardDecoding(context: AudioContext, epoch: () => number): void {
  const decode = context.decodeAudioData.bind(context);
  context.decodeAudioData = async (data) => {
    const begun = epoch();
    const nothing = () =>
      context.createBuffer(1, Math.ceil(context.sampleRate / 50), context.sampleRate);
    const buffer = await decode(data).catch(nothing);
    // Never resolved: who waits for it is forgotten together with it.
    return begun === epoch() ? buffer : new Promise<AudioBuffer>(() => undefined);
  };
}
