import { activityRate as rate } from '../../../lib/ears/activity';
import { edges, say, type Saying } from '../../sound/espeak';
import { join, loud, mix, noise, type NoiseKind } from '../../sound/noise';

/** A sentence in a noisy room, and where in it the voice is. */
export interface Labelled {
  readonly saying: Saying;
  readonly kind: NoiseKind;
  /** How many dB the voice is louder than the room. */
  readonly above: number;
  readonly samples: Float32Array;
  /** ms */
  readonly from: number;
  readonly to: number;
}

export const voices = ['en-gb', 'en-us+f3', 'en-us+m3', 'en-gb-scotland+f2', 'de+m5', 'fr+f4'];
export const texts = [
  'How deep is it?',
  'Who is Teodora Quill?',
  'What does it say about the fish that sleep there?',
  'Summarise the second part, please, in three short sentences.',
  'Is this still true today, or has somebody measured it again since then?',
  'Stop.',
  'Show me where it says that the corals grow back.',
  'When was this written, and what was left out of it?',
];
export const paces = [140, 165, 190];
/** dB; a quiet study, an office, a room with a fan. */
export const noiseLevels = [24, 15, 8];
export const kinds: readonly NoiseKind[] = ['hiss', 'room', 'fan'];

/** How loud somebody speaks into their laptop, dB below full scale. */
const voiceLevel = -26;

/** Every voice says every text at every noise level; pace and kind of noise go round. */
export async function* labelled(): AsyncGenerator<Labelled> {
  let number = 0;
  for (const voice of voices) {
    for (const text of texts) {
      const pace = paces[number % paces.length] ?? 165;
      const spoken = await say({ voice, text, pace }, rate);
      const { from, to } = edges(spoken, rate);
      const words = loud(spoken.subarray(from, to), voiceLevel);
      for (const above of noiseLevels) {
        number += 1;
        const kind = kinds[number % kinds.length] ?? 'hiss';
        const before = 2.5 + (number % 7) / 10;
        const silence = new Float32Array(before * rate);
        const clean = join(silence, words, new Float32Array(3 * rate));
        const seconds = clean.length / rate;
        const room = noise({ kind, rate, seconds, loudness: voiceLevel - above, seed: number });
        yield {
          saying: { voice, text, pace },
          kind,
          above,
          samples: mix(clean, room.subarray(0, clean.length)),
          from: before * 1000,
          to: before * 1000 + (words.length / rate) * 1000,
        };
      }
    }
  }
}
