import type { EmotionBehaviorCode, EmotionStrengthCode } from '@inworld/web-core';
import type { Emotion } from '@/lib/face/cue';

/**
 * The vendor's 19 behaviours on our face, by strength: weak, normal, strong. Where we have no face
 * of that name, the nearest that does not frighten anybody: contempt and anger are shown as
 * doubt and concern.
 */
export const faces: Readonly<
  Record<`${EmotionBehaviorCode}`, readonly [Emotion, Emotion, Emotion]>
> = {
  NEUTRAL: ['neutral', 'neutral', 'neutral'],
  DISGUST: ['doubt', 'concern', 'concern'],
  CONTEMPT: ['doubt', 'doubt', 'pride'],
  BELLIGERENCE: ['doubt', 'concern', 'concern'],
  DOMINEERING: ['interest', 'pride', 'pride'],
  CRITICISM: ['doubt', 'doubt', 'concern'],
  ANGER: ['doubt', 'concern', 'concern'],
  TENSION: ['interest', 'concern', 'concern'],
  TENSE_HUMOR: ['interest', 'doubt', 'joy'],
  DEFENSIVENESS: ['neutral', 'doubt', 'concern'],
  WHINING: ['concern', 'sadness', 'sadness'],
  SADNESS: ['concern', 'sadness', 'sadness'],
  STONEWALLING: ['neutral', 'doubt', 'doubt'],
  INTEREST: ['interest', 'interest', 'interest'],
  VALIDATION: ['interest', 'interest', 'joy'],
  AFFECTION: ['interest', 'joy', 'joy'],
  HUMOR: ['interest', 'joy', 'joy'],
  SURPRISE: ['interest', 'surprise', 'surprise'],
  JOY: ['joy', 'joy', 'joy'],
};

/** How long it stays after the last word, in milliseconds: what is felt weakly passes sooner. */
const lasts = { weak: 400, normal: 2_500, strong: 6_000 } as const;

export interface Feeling {
  readonly emotion: Emotion;
  readonly lasts: number;
}

/** The SDK says `undefined` for a code it does not know. */
export function feelingOf(
  behavior: `${EmotionBehaviorCode}` | undefined,
  strength: `${EmotionStrengthCode}` | undefined,
): Feeling {
  const [weak, normal, strong] = faces[behavior ?? 'NEUTRAL'];
  switch (strength) {
    case 'WEAK':
      return { emotion: weak, lasts: lasts.weak };
    case 'STRONG':
      return { emotion: strong, lasts: lasts.strong };
    case 'NORMAL':
    case 'UNSPECIFIED':
    case undefined:
      return { emotion: normal, lasts: lasts.normal };
  }
}
