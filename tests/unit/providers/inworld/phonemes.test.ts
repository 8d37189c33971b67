import { describe, expect, it } from 'vitest';
import type { Viseme } from '@/lib/face/cue';
import { cuesOf, visemeOf } from '@/lib/providers/inworld/phonemes';

describe('the mouth for a phoneme of Inworld', () => {
  it.each<[string, Viseme]>([
    ['', 'sil'],
    ['<sil>', 'sil'],
    ['p', 'PP'],
    ['M', 'PP'],
    ['v', 'FF'],
    ['θ', 'TH'],
    ['DH', 'TH'],
    ['t', 'DD'],
    ['ŋ', 'kk'],
    ['tʃ', 'CH'],
    ['t͡ʃ', 'CH'],
    ['JH', 'CH'],
    ['z', 'SS'],
    ['S', 'SS'],
    ['l', 'nn'],
    ['ɹ', 'RR'],
    ['ER0', 'RR'],
    ['ˈɑː', 'aa'],
    ['AH1', 'aa'],
    ['aɪ', 'aa'],
    ['ə', 'E'],
    ['EY2', 'E'],
    ['ˌiː', 'I'],
    ['oʊ', 'O'],
    ['AO1', 'O'],
    ['w', 'U'],
    ['UW1', 'U'],
    ['ɛ̃', 'E'],
    ['pʰ', 'PP'],
    ['tʲ', 'DD'],
    ['☃', 'E'],
  ])('%s is %s', (phoneme, viseme) => {
    expect(visemeOf(phoneme)).toBe(viseme);
  });

  it('comes when it is heard, in order, and shuts at the end of the chunk', () => {
    const cues = cuesOf(
      [
        { phoneme: 'ɑ', startOffsetS: 0.2 },
        { phoneme: 'p', startOffsetS: 0.1 },
        { phoneme: 'f', startOffsetS: 9 },
        { phoneme: 's', startOffsetS: Number.NaN },
        {},
      ],
      1000,
      500,
    );
    expect(cues.map(({ viseme, at }) => [viseme, at])).toEqual([
      ['sil', 1000],
      ['PP', 1100],
      ['aa', 1200],
      ['sil', 1500],
    ]);
  });
});
