import { describe, expect, it } from 'vitest';
import { activityRate as rate, createActivity, frameLength } from '@/lib/ears/activity';
import { join, loud, mix, noise } from '@/tests/sound/noise';
import { spoken } from '@/tests/sound/spoken';
import { turnsIn } from '@/tests/tools/voice/score';

const silence = (seconds: number) => new Float32Array(seconds * rate);
const room = (seconds: number, loudness: number, seed = 1) =>
  noise({ kind: 'room', rate, seconds, loudness, seed });
const types = (sound: Float32Array) => turnsIn(sound).map(({ type }) => type);
const ms = (samples: Float32Array) => (samples.length / rate) * 1000;

describe.each(['fish', 'coral', 'names'] as const)('the sentence “%s”', (name) => {
  it.each([24, 15, 8])('is one turn, %i dB above the room', (above) => {
    const words = loud(spoken(name), -26);
    const clean = join(silence(2), words, silence(2));
    const turns = turnsIn(mix(clean, room(ms(clean) / 1000, -26 - above)));
    expect(turns.map(({ type }) => type)).toEqual(['began', 'ended']);
    expect(Math.abs((turns[1]?.at ?? 0) - 2000 - ms(words))).toBeLessThanOrEqual(300);
  });

  it('is known to have ended when it has been quiet for as long as told, to the frame', () => {
    const sound = join(silence(2), spoken(name), silence(2));
    for (const patience of [200, 640, 1000]) {
      const ended = turnsIn(sound, { patience }).at(-1);
      expect(ended?.known).toBe((ended?.at ?? 0) + patience);
    }
  });
});

it('the same sound gives the same turns', () => {
  const sound = mix(join(silence(1), spoken('fish'), silence(1)), room(5, -45));
  expect(turnsIn(sound)).toEqual(turnsIn(sound));
});

it('two sentences with a second between them are two turns', () => {
  const sound = join(silence(1), spoken('coral'), silence(1), spoken('names'), silence(1));
  expect(types(sound)).toEqual(['began', 'ended', 'began', 'ended']);
});

it('an hour of silence is no speech', { timeout: 30_000 }, () => {
  const activity = createActivity();
  const nothing = new Float32Array(frameLength);
  let turns = 0;
  for (let frame = 0; frame < 180_000; frame += 1) turns += activity.push(nothing) ? 1 : 0;
  expect(turns).toBe(0);
});

it.each(['hiss', 'room', 'fan'] as const)(
  'a minute of %s is no speech',
  { timeout: 30_000 },
  (kind) => {
    for (const loudness of [-50, -41, -34, -20]) {
      expect(types(noise({ kind, rate, seconds: 60, loudness, seed: 3 }))).toEqual([]);
    }
  },
);

it('a fan switched on is taken for a voice for seconds at most, and a voice beside it is heard', () => {
  const quiet = room(3, -60);
  const fan = noise({ kind: 'fan', rate, seconds: 14, loudness: -36, seed: 5 });
  const sound = mix(join(quiet, fan), loud(spoken('fish'), -20), 10 * rate);
  const turns = turnsIn(sound);
  const spokenTurns = turns.filter(({ at }) => at > 9_500);
  expect(spokenTurns.map(({ type }) => type)).toEqual(['began', 'ended']);
  const first = turns.find(({ type }) => type === 'ended');
  if (first && first.at < 9_500) expect(first.at).toBeLessThan(8_000);
});

it('a fan that stops leaves a quiet voice to be heard', () => {
  const fan = noise({ kind: 'fan', rate, seconds: 5, loudness: -30, seed: 5 });
  const sound = join(fan, room(3, -65), loud(spoken('names'), -45), room(2, -65, 2));
  expect(types(sound)).toEqual(['began', 'ended']);
});

it('a voice too loud for the microphone is a voice', () => {
  const clipped = loud(spoken('fish'), -3).map((sample) => Math.min(1, Math.max(-1, sample * 4)));
  expect(types(join(silence(1), clipped, silence(1)))).toEqual(['began', 'ended']);
});

it('a click, a key, a door are no voice', () => {
  const click = new Float32Array(0.03 * rate).fill(0.8);
  const sound = mix(join(silence(2), click, silence(2), click, silence(2)), room(6.06, -55));
  expect(types(sound)).toEqual([]);
});

it('a monologue of ten minutes comes in stretches, and none of it is lost between them', () => {
  const words = loud(join(spoken('fish'), spoken('coral'), spoken('names')), -26);
  // Without a pause long enough to be an end.
  const sound = join(
    silence(1),
    ...Array.from({ length: Math.ceil(600_000 / ms(words)) }, () => words),
    silence(1),
  );
  const turns = turnsIn(sound);
  expect(turns.length).toBeGreaterThanOrEqual(16);
  turns.forEach(({ type, at }, n) => {
    expect(type).toBe(n % 2 === 0 ? 'began' : 'ended');
    const before = turns[n - 1]?.at ?? 0;
    if (type === 'ended') expect(at - before).toBeLessThan(76_000);
    else expect(at - before).toBeLessThan(1_500);
  });
});
