import { activityRate as rate } from '../../lib/ears/activity';
import { noise } from '../sound/noise';
import { percentile, turnsIn } from './voice/score';
import { kinds, labelled, noiseLevels, paces, texts, voices } from './voice/set';

/*
 * How well the ear finds where somebody begins and has finished, over a set made by eSpeak NG in
 * three kinds of noise at three levels. Prints the set and the score as JSON.
 */
const patience = 640;
/** Of the place where the end is found, ms; that it is one is known only `patience` later. */
const tolerance = 300;
const minutes = 3;

interface Row {
  readonly above: number;
  readonly right: boolean;
  readonly endOff: number | null;
  readonly beginOff: number | null;
  readonly knownAfter: number | null;
}

const rows: Row[] = [];
const wrong: unknown[] = [];
for await (const { saying, kind, above, samples, from, to } of labelled()) {
  const turns = turnsIn(samples, { patience });
  const ends = turns.filter(({ type }) => type === 'ended');
  const [began] = turns;
  const ended = ends.at(-1);
  const endOff = ended ? ended.at - to : null;
  // One sentence is one turn: its pauses are no ends, and nothing before or after it is speech.
  const right = ends.length === 1 && endOff !== null && Math.abs(endOff) <= tolerance;
  rows.push({
    above,
    right,
    endOff,
    beginOff: began ? began.at - from : null,
    knownAfter: ended ? ended.known - to : null,
  });
  if (!right) wrong.push({ ...saying, kind, above, from, to, turns });
}

const falseStarts = noiseLevels.flatMap((above) =>
  kinds.map((kind) => {
    const loudness = -26 - above;
    const sound = noise({ kind, rate, seconds: minutes * 60, loudness, seed: above * 7 });
    const starts = turnsIn(sound, { patience }).filter(({ type }) => type === 'began').length;
    return { kind, loudness, minutes, starts };
  }),
);

const numbers = (pick: (row: Row) => number | null, of: readonly Row[]) =>
  of.map(pick).filter((value) => value !== null);
const spread = (values: readonly number[]) => ({
  p5: percentile(values, 0.05),
  p50: percentile(values, 0.5),
  p95: percentile(values, 0.95),
});
const summary = (of: readonly Row[]) => ({
  sentences: of.length,
  rightPercent: Math.round((1000 * of.filter(({ right }) => right).length) / of.length) / 10,
  endOffMs: spread(numbers(({ endOff }) => endOff, of)),
  beginOffMs: spread(numbers(({ beginOff }) => beginOff, of)),
  knownAfterMs: spread(numbers(({ knownAfter }) => knownAfter, of)),
});
const total = falseStarts.reduce((sum, { starts }) => sum + starts, 0);

console.log(
  JSON.stringify(
    {
      set: { rate, voices, texts, paces, noiseKinds: kinds, voiceAboveNoiseDb: noiseLevels },
      patienceMs: patience,
      toleranceMs: tolerance,
      all: summary(rows),
      byNoise: Object.fromEntries(
        noiseLevels.map((above) => [
          `${above} dB`,
          summary(rows.filter((row) => row.above === above)),
        ]),
      ),
      falseStartsPerMinuteOfNoise: total / (minutes * falseStarts.length),
      noise: falseStarts,
      wrong,
    },
    null,
    2,
  ),
);
