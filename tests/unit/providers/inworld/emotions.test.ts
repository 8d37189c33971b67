import { describe, expect, it } from 'vitest';
import { emotions } from '@/lib/face/cue';
import { faces, feelingOf } from '@/lib/providers/inworld/emotions';

const behaviors = Object.keys(faces) as (keyof typeof faces)[];

describe('what an Inworld character feels, on our face', () => {
  it('knows all 19 behaviours in three strengths', () => {
    expect(behaviors).toHaveLength(19);
    for (const behavior of behaviors) {
      for (const strength of ['WEAK', 'NORMAL', 'STRONG'] as const) {
        expect(emotions).toContain(feelingOf(behavior, strength).emotion);
      }
    }
  });

  it.each(behaviors)('%s passes sooner when weak and later when strong', (behavior) => {
    const [weak, normal, strong] = (['WEAK', 'NORMAL', 'STRONG'] as const).map(
      (strength) => feelingOf(behavior, strength).lasts,
    );
    expect(weak).toBeLessThan(normal ?? 0);
    expect(normal).toBeLessThan(strong ?? 0);
  });

  it('is calm where the code is unknown, and of normal strength where that is', () => {
    expect(feelingOf(undefined, undefined).emotion).toBe('neutral');
    expect(feelingOf('SADNESS', 'UNSPECIFIED')).toEqual(feelingOf('SADNESS', 'NORMAL'));
  });

  it('is worse when it is stronger, and never the other way round', () => {
    expect(feelingOf('ANGER', 'WEAK').emotion).toBe('doubt');
    expect(feelingOf('ANGER', 'STRONG').emotion).toBe('concern');
    expect(feelingOf('JOY', 'WEAK').emotion).toBe('joy');
  });
});
