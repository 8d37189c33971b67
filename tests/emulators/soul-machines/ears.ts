import { keepSound } from '../media/kept.ts';
import type { Peer } from '../media/peer.ts';
import { record, type World } from './world.ts';

/** How loud somebody has to be to speak, and how long they have to be silent to have ended. */
const loud = 0.01;
const pause = 500;
const step = 100;

/**
 * Hears when somebody speaks and understands, whatever they said, what its knob says: interim
 * results on the way, the final one after a pause. What was heard is recorded, to be measured.
 */
export function createEars(parts: {
  readonly world: World;
  readonly scene: (name: string, body: unknown) => void;
  readonly peer: () => Peer | null;
  readonly asked: (text: string) => void;
}) {
  const { world, scene, peer, asked } = parts;
  let timer: NodeJS.Timeout | null = null;
  let speaking = 0;
  let silent = 0;

  const results = (transcript: string, final: boolean) =>
    scene('recognizeResults', {
      status: 0,
      results: [{ final, alternatives: [{ transcript, confidence: final ? 0.94 : 0.6 }] }],
    });

  function listen(): void {
    const heard = peer()?.heard;
    const text = world.knobs.recognises;
    if (!heard || text === null) return;
    if (heard.level() > loud) {
      speaking += step;
      silent = 0;
      if (speaking % (3 * step) === 0) {
        const words = text.split(' ');
        const sofar = words.slice(0, Math.min(words.length, speaking / (3 * step)));
        results(sofar.join(' '), false);
      }
      return;
    }
    if (speaking === 0) return;
    silent += step;
    if (silent < pause) return;
    const { pcm, rate } = heard.sound();
    const told = { seconds: speaking / 1000, hertz: pitchOf(pcm, rate) };
    record(world, 'heard', keepSound(told, { pcm, rate }));
    [speaking, silent] = [0, 0];
    heard.reset();
    results(text, true);
    asked(text);
  }

  return {
    listen: () => {
      timer ??= setInterval(listen, step);
    },
    stop: () => {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}

/** Of a plain tone: how often it rises through zero in a second, where it is loud. */
function pitchOf(pcm: Int16Array, rate: number): number {
  const from = pcm.findIndex((sample) => Math.abs(sample) > 2000);
  const until = pcm.findLastIndex((sample) => Math.abs(sample) > 2000);
  let rises = 0;
  for (let at = from + 1; at <= until; at += 1) {
    if ((pcm[at - 1] ?? 0) < 0 && (pcm[at] ?? 0) >= 0) rises += 1;
  }
  return until > from ? Math.round((rises * rate) / (until - from)) : 0;
}
