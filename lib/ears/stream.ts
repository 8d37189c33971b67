import {
  activityRate,
  createActivity,
  frameLength,
  type ActivityOptions,
  type Guard,
  type Turn,
} from '@/lib/ears/activity';
import type { Ear } from '@/lib/ears/ear';
import { levelOf, toInt16 } from '@/lib/ears/level';
import { createResampler } from '@/lib/ears/resample';

export interface StreamOptions extends ActivityOptions {
  /** Of the sound that comes, Hz. */
  readonly rate: number;
  readonly mode: Ear['mode'];
  /** Every 20 ms: how loud it is, 0 to 1, and whether that is somebody speaking. */
  readonly heard?: (heard: { readonly level: number; readonly speaking: boolean }) => void;
  /** Whether somebody may be speaking over the avatar; told after `began`, if somebody is. */
  readonly suspected?: (is: boolean) => void;
}

/** Sound on its way from the microphone to whoever listens, cut into stretches of speech. */
export interface Stream extends Pick<Ear, 'onBlock' | 'onSpeech'> {
  /** Mono, from the microphone. */
  push(samples: Float32Array): void;
  /** By key: from here on it is speech. Only where the mode is `hold`. */
  press(): void;
  release(): void;
  /** While deaf nobody is told anything, and a speech under way ends. */
  deafen(deaf: boolean): void;
  /** While the avatar can be heard, its echo must not pass for a voice. */
  guard(guard: Guard): void;
  readonly speaking: boolean;
  /** A speech under way ends, and nothing comes after. */
  close(): void;
}

/** Kept from before speech was noticed, ms: by then a quiet first word is half over, or one over the avatar. */
const before = { hold: 600, open: 800 };
/** Of a block, ms. */
const blockTime = 100;

export function createStream(options: StreamOptions): Stream {
  const { rate, mode, heard, suspected, longest = 60_000 } = options;
  const toActivity = createResampler(rate, activityRate);
  const activity = createActivity(options);
  const listeners = new Set<(speech: 'began' | 'ended') => void>();
  const takers = new Set<Taker>();
  let rest = new Float32Array();
  let speaking = false;
  let deaf = false;
  let closed = false;
  let guarded: Guard = 'off';
  let suspecting = false;
  let spokenFor = 0;

  const tell = (speech: 'began' | 'ended') => {
    for (const listener of listeners) listener(speech);
  };
  const begin = () => {
    if (speaking || deaf || closed) return;
    speaking = true;
    spokenFor = 0;
    tell('began');
    for (const taker of takers) taker.begin();
  };
  const end = () => {
    if (!speaking) return;
    speaking = false;
    for (const taker of takers) taker.end();
    tell('ended');
  };
  const suspect = (is: boolean) => {
    if (is === suspecting) return;
    suspecting = is;
    suspected?.(is);
  };
  const turn = ({ type }: Turn) => {
    if (mode === 'hold') return;
    if (type === 'began') begin();
    if (type === 'ended') end();
    suspect(type === 'suspected');
  };

  return {
    push(samples) {
      if (deaf || closed) return;
      for (const taker of takers) taker.take(samples, speaking);
      const more = toActivity.push(samples);
      const all = new Float32Array(rest.length + more.length);
      all.set(rest);
      all.set(more, rest.length);
      let at = 0;
      for (; at + frameLength <= all.length; at += frameLength) {
        const happened = activity.push(all.subarray(at, at + frameLength));
        if (happened) turn(happened);
        heard?.({ level: levelOf(activity.loudness), speaking });
      }
      rest = all.slice(at);
      spokenFor += (samples.length / rate) * 1000;
      // Held for longer than any service takes at once: it goes on as another stretch.
      if (mode === 'hold' && speaking && spokenFor > longest) {
        end();
        begin();
      }
    },
    press: begin,
    release: end,
    deafen(value) {
      if (value === deaf) return;
      end();
      deaf = value;
      activity.reset();
      suspect(false);
      // What it heard before must not come out in front of what it hears next.
      for (const taker of takers) taker.forget();
      if (deaf) heard?.({ level: 0, speaking: false });
    },
    guard(guard) {
      if (guard === guarded) return;
      guarded = guard;
      activity.guard(guard);
      suspect(false);
    },
    get speaking() {
      return speaking;
    },
    onBlock(wanted, listener) {
      const taker = createTaker(rate, wanted, before[mode], listener);
      takers.add(taker);
      return () => takers.delete(taker);
    },
    onSpeech(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      end();
      closed = true;
      suspect(false);
    },
  };
}

/** One listener's share, at its own rate. */
interface Taker {
  take(samples: Float32Array, speaking: boolean): void;
  begin(): void;
  end(): void;
  forget(): void;
}

function createTaker(
  from: number,
  to: number,
  before: number,
  listener: (block: Int16Array) => void,
): Taker {
  const resampler = createResampler(from, to);
  const length = Math.round((to * blockTime) / 1000);
  const kept = Math.round((to * before) / 1000);
  let waiting: Int16Array[] = [];
  let count = 0;

  const joined = () => {
    const all = new Int16Array(count);
    let at = 0;
    for (const part of waiting) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  const keep = (all: Int16Array) => {
    waiting = all.length > 0 ? [all] : [];
    count = all.length;
  };
  const give = (everything: boolean) => {
    if (count < length && !everything) return;
    const all = joined();
    let at = 0;
    for (; at + length <= all.length; at += length) listener(all.slice(at, at + length));
    if (everything && at < all.length) {
      listener(all.slice(at));
      at = all.length;
    }
    keep(all.slice(at));
  };

  return {
    take(samples, speaking) {
      const more = toInt16(resampler.push(samples));
      waiting.push(more);
      count += more.length;
      if (speaking) give(false);
      // Now and then, since each time all of it is copied.
      else if (count > 2 * kept) keep(joined().slice(-kept));
    },
    begin() {
      if (count > kept) keep(joined().slice(-kept));
      give(false);
    },
    end: () => give(true),
    forget: () => keep(new Int16Array()),
  };
}
