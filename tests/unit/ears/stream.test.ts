import { describe, expect, it } from 'vitest';
import { createResampler } from '@/lib/ears/resample';
import { createStream, type Stream, type StreamOptions } from '@/lib/ears/stream';
import { join, loud } from '@/tests/sound/noise';
import { spoken } from '@/tests/sound/spoken';

const silence = (seconds: number, rate = 16_000) => new Float32Array(seconds * rate);

function listenTo(options: Partial<StreamOptions> = {}, wanted = 16_000) {
  const stream = createStream({ rate: 16_000, mode: 'open', ...options });
  /** `began`, `ended`, and blocks by their length. */
  const events: (string | number)[] = [];
  const blocks: Int16Array[] = [];
  stream.onSpeech((speech) => events.push(speech));
  stream.onBlock(wanted, (block) => {
    events.push(block.length);
    blocks.push(block);
  });
  return { stream, events, blocks };
}

/** As the browser brings it: 128 samples at a time. */
function play(stream: Stream, sound: Float32Array): void {
  for (let at = 0; at < sound.length; at += 128) stream.push(sound.subarray(at, at + 128));
}

const samplesOf = (blocks: readonly Int16Array[]) =>
  blocks.flatMap((block) => Array.from(block, (sample) => sample / 0x7fff));

/** How alike two sounds are, at the best of the shifts: 1 is the same. */
function likeness(one: readonly number[], other: Float32Array): number {
  let best = 0;
  for (let shift = 0; shift < 16_000; shift += 1) {
    let [product, first, second] = [0, 0, 0];
    for (let n = 0; n < other.length; n += 7) {
      const [a, b] = [one[n + shift] ?? 0, other[n] ?? 0];
      product += a * b;
      first += a * a;
      second += b * b;
    }
    best = Math.max(best, product / Math.sqrt(first * second + 1e-9));
  }
  return best;
}

describe('just speaking', () => {
  const words = spoken('coral');
  const sound = join(silence(2), words, silence(2));

  it('nothing is told of silence', () => {
    const { stream, events } = listenTo();
    play(stream, silence(10));
    expect(events).toEqual([]);
  });

  it('a sentence comes between its beginning and its end, in tenths of a second, whole', () => {
    const { stream, events, blocks } = listenTo();
    play(stream, sound);
    expect(events[0]).toBe('began');
    expect(events.at(-1)).toBe('ended');
    expect(events.slice(1, -2).every((length) => length === 1600)).toBe(true);
    expect(likeness(samplesOf(blocks), words)).toBeGreaterThan(0.999);
  });

  it('begins before it was noticed, so that no first sound is lost', () => {
    const { stream, blocks } = listenTo();
    play(stream, sound);
    const seconds = samplesOf(blocks).length / 16_000;
    expect(seconds).toBeGreaterThan(words.length / 16_000 + 0.3);
    expect(seconds).toBeLessThan(words.length / 16_000 + 1.5);
  });

  it('two listeners get it at two rates', () => {
    const { stream, blocks } = listenTo();
    const higher: Int16Array[] = [];
    stream.onBlock(48_000, (block) => higher.push(block));
    play(stream, sound);
    const [low, high] = [samplesOf(blocks).length, samplesOf(higher).length];
    expect(Math.abs(high / low - 3)).toBeLessThan(0.01);
  });

  it.each([8_000, 44_100, 48_000, 96_000])('a device of %i Hz is heard at 16 kHz', (rate) => {
    const { stream, events, blocks } = listenTo({ rate });
    const resampler = createResampler(16_000, rate);
    play(stream, join(resampler.push(sound), resampler.end()));
    expect(events[0]).toBe('began');
    expect(events.at(-1)).toBe('ended');
    // A telephone has nothing above 4 kHz, so it is only alike.
    expect(likeness(samplesOf(blocks), words)).toBeGreaterThan(rate === 8_000 ? 0.9 : 0.99);
  });

  it('who no longer listens is told nothing', () => {
    const stream = createStream({ rate: 16_000, mode: 'open' });
    const told: unknown[] = [];
    const stops = [
      stream.onBlock(16_000, (block) => told.push(block)),
      stream.onSpeech((speech) => told.push(speech)),
    ];
    for (const stop of stops) stop();
    play(stream, sound);
    expect(told).toEqual([]);
  });

  it('the meter rises with a voice and falls with silence', () => {
    const levels: number[] = [];
    const { stream } = listenTo({ heard: ({ level }) => levels.push(level) });
    play(stream, join(silence(1), loud(words, -20), silence(1)));
    expect(Math.max(...levels)).toBeGreaterThan(0.6);
    expect(levels.at(-1)).toBe(0);
    expect(levels.every((level) => level >= 0 && level <= 1)).toBe(true);
  });
});

describe('deaf, while the avatar speaks', () => {
  const sound = join(silence(1), spoken('fish'), silence(1));

  it('hears nothing, and what it did not hear never comes out later', () => {
    const { stream, events, blocks } = listenTo();
    stream.deafen(true);
    play(stream, sound);
    expect(events).toEqual([]);
    stream.deafen(false);
    play(stream, join(silence(1), spoken('coral'), silence(1)));
    expect(events[0]).toBe('began');
    expect(samplesOf(blocks).length / 16_000).toBeLessThan(3.5);
  });

  it('ends a speech under way', () => {
    const { stream, events } = listenTo();
    play(stream, join(silence(1), spoken('fish')));
    expect(events.at(-1)).not.toBe('ended');
    stream.deafen(true);
    expect(events.at(-1)).toBe('ended');
  });
});

describe('holding a key', () => {
  it('is speech from the key down to the key up, whatever is heard', () => {
    const { stream, events, blocks } = listenTo({ mode: 'hold' });
    play(stream, spoken('fish'));
    expect(events).toEqual([]);
    stream.press();
    play(stream, silence(1));
    stream.release();
    expect(events[0]).toBe('began');
    expect(events.at(-1)).toBe('ended');
    expect(samplesOf(blocks).length / 16_000).toBeCloseTo(1.6, 1);
    play(stream, spoken('fish'));
    expect(events.at(-1)).toBe('ended');
  });

  it('a key held for longer than anybody takes at once is several stretches with nothing between them', () => {
    const { stream, events, blocks } = listenTo({ mode: 'hold', longest: 6_000 }, 8_000);
    stream.press();
    for (let second = 0; second < 60; second += 1) stream.push(silence(1));
    stream.release();
    const turns = events.filter((event) => typeof event === 'string');
    expect(turns).toEqual(
      Array.from({ length: turns.length }, (_, n) => (n % 2 ? 'ended' : 'began')),
    );
    expect(turns.length).toBeGreaterThanOrEqual(18);
    // All but the 4 ms the resampler looks ahead.
    expect(samplesOf(blocks).length).toBe(60 * 8_000 - 32);
  });

  it('nothing comes once it is closed', () => {
    const { stream, events } = listenTo({ mode: 'hold' });
    stream.press();
    stream.close();
    const before = [...events];
    stream.press();
    play(stream, spoken('fish'));
    expect(events).toEqual(before);
    expect(before).toEqual(['began', 'ended']);
  });
});
