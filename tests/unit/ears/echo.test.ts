import { describe, expect, it } from 'vitest';
import { activityRate as rate } from '@/lib/ears/activity';
import { listener, type Duet } from '@/tests/sound/duet';
import { join, loud, noise } from '@/tests/sound/noise';
import { spoken } from '@/tests/sound/spoken';

const room = (seconds: number) =>
  noise({ kind: 'room', rate, seconds, loudness: -60, seed: seconds });
const silence = (seconds: number) => new Float32Array(seconds * rate);
const answer = join(spoken('coral'), spoken('names'), spoken('fish'), spoken('coral'));
const sentences = ['fish', 'coral', 'names'] as const;

/** An ear that knows its room, and nobody in it yet. */
function meet() {
  const ear = listener();
  ear.wait(room(2));
  return (duet: Partial<Duet>) => {
    const found = ear.listen({ avatar: new Float32Array(), room: room(9), ...duet });
    return {
      suspected: found.filter(({ type }) => type === 'suspected').map(({ known }) => known),
      began: found.find(({ type }) => type === 'began'),
    };
  };
}

describe('the avatar’s own voice in the microphone', () => {
  describe.each([-50, -40, -30, -20])('at %i dB', (loudness) => {
    const avatar = loud(answer, loudness);

    it.each([20, 60, 120, 200, 260])('is no barge-in, %i ms after it was played', (wayBack) => {
      for (const holds of [true, false]) {
        const listen = meet();
        for (let answers = 0; answers < 3; answers += 1) {
          expect(listen({ avatar, wayBack, holds }).began).toBeUndefined();
        }
      }
    });

    it('interrupts itself when it is first heard, and never again', () => {
      const listen = meet();
      const first = listen({ avatar }).suspected.length;
      expect(first).toBeGreaterThan(0);
      expect(first).toBeLessThanOrEqual(2);
      expect(listen({ avatar }).suspected).toEqual([]);
      expect(listen({ avatar }).suspected).toEqual([]);
    });

    it.each([200, 400, 600])('is none when it comes %i ms after it was announced', (late) => {
      const comes = join(silence(late / 1000), avatar);
      expect(meet()({ avatar: comes }).began).toBeUndefined();

      expect(meet()({ avatar: comes, holds: false }).began).toBeUndefined();
    });

    it('is none after a pause of its own', () => {
      const said = loud(spoken('coral'), loudness);
      const listen = meet();
      expect(listen({ avatar: join(said, silence(2.5), said) }).began).toBeUndefined();
    });
  });

  it('suddenly twice as loud it interrupts itself, and is no barge-in', () => {
    const listen = meet();
    listen({ avatar: loud(answer, -40) });
    const louder = listen({ avatar: loud(answer, -28) });
    expect(louder.began).toBeUndefined();
    expect(louder.suspected.length).toBeLessThanOrEqual(3);
    expect(listen({ avatar: loud(answer, -28) }).suspected).toEqual([]);
  });
});

describe.each(sentences)('a reader who says “%s”', (name) => {
  const reader = loud(spoken(name), -20);
  const cases = [0, 100, 200, 2000].flatMap((from) => [-90, -42].map((echo) => ({ from, echo })));

  it.each(cases)(
    'from $from ms on, over $echo dB, cuts in on the first answer there is',
    ({ from, echo }) => {
      const { suspected, began } = meet()({ avatar: loud(answer, echo), reader, from });
      expect(began?.known).toBeLessThan(from + 700);
      // Silent by then, for the reader or for the echo it has yet to know.
      expect(suspected.some((at) => at <= from + 160)).toBe(true);
    },
  );

  it.each(cases)('from $from ms on, over $echo dB, on every other', ({ from, echo }) => {
    const listen = meet();
    listen({ avatar: loud(answer, echo) });
    const { suspected, began } = listen({ avatar: loud(answer, echo), reader, from });
    expect(suspected).toHaveLength(1);
    expect(suspected[0]).toBeGreaterThan(from);
    expect(suspected[0]).toBeLessThanOrEqual(from + 160);
    expect(began?.known).toBeLessThan(from + 700);
  });

  it('over an avatar that cannot be held, once its echo is known', () => {
    const listen = meet();
    const duet = { avatar: loud(answer, -42), holds: false };
    listen(duet);
    const { suspected, began } = listen({ ...duet, reader: loud(spoken(name), -20), from: 200 });
    expect(suspected).toEqual([]);
    expect(began?.known).toBeLessThan(1000);
  });
});

describe('what is no voice', () => {
  const clicks = new Float32Array(0.03 * rate).fill(0.3);

  it('a key that is typed leaves the avatar alone', () => {
    const listen = meet();
    const avatar = loud(answer, -42);
    listen({ avatar });
    const { suspected, began } = listen({ avatar, reader: clicks, from: 1000 });
    expect([suspected, began]).toEqual([[], undefined]);
  });

  it('a cough silences it for a moment, and a reader is heard right after', () => {
    const listen = meet();
    const avatar = loud(answer, -42);
    listen({ avatar });
    const cough = noise({ kind: 'hiss', rate, seconds: 0.2, loudness: -22, seed: 1 });
    const reader = join(cough, silence(1.5), loud(spoken('coral'), -20));
    const { suspected, began } = listen({ avatar, reader, from: 1000 });
    expect(suspected).toHaveLength(2);
    expect(began?.known).toBeGreaterThan(2700);
    expect(began?.known).toBeLessThan(3400);
  });
});
