import { sayInRoom } from '../../e2e/room';
import { soundIn } from '../../e2e/senses';
import type { View } from '../../e2e/view';

/** How long the panel could still be heard, ms. */
export interface Cut {
  /** From the key, or from the reader's first sound at the microphone, to its own last sound. */
  readonly silent: number;
  /** From there until it was sure that what it heard is a voice; of a key, at once. */
  readonly sure: number;
}

/** Cuts in on the panel in the middle of an answer: by Esc, or by a voice in its room. */
export async function cutIn(panel: View, voice: Float32Array | null): Promise<Cut> {
  await panel.typeInto('textbox', 'Your question', 'Tell me a long story about corals.');
  await panel.press('Enter');
  await soundIn(panel);
  const heard = watch(panel, voice === null);
  if (voice === null) return heard;
  await panel.waitFor('somebody to listen', () => globalThis.visavisCut);
  const began = await sayInRoom(panel, voice);
  const { silent, sure } = await heard;
  return { silent: silent - began, sure: sure - began };
}

/**
 * Looks every 4 ms. By key: presses it when a second has gone by and something can be heard, and
 * counts from there; else both are times of the panel's clock.
 */
function watch(panel: View, byKey: boolean): Promise<Cut> {
  return panel.evaluate(async (byKey) => {
    const pause = (ms: number) =>
      new Promise((resolve) => {
        setTimeout(resolve, ms);
      });
    const samples = new Float32Array(4096);
    const loudness = () => {
      const { elements, taps, played } = globalThis.visavisEar ?? {
        elements: [],
        taps: new Map<MediaStream, AnalyserNode>(),
        played: [],
      };
      const playing = [...elements].flatMap(({ srcObject, muted, paused }) =>
        srcObject instanceof MediaStream && !muted && !paused ? (taps.get(srcObject) ?? []) : [],
      );
      let most = 0;
      for (const tap of [...playing, ...played]) {
        tap.getFloatTimeDomainData(samples);
        const latest = samples.subarray(-1024);
        most = Math.max(most, Math.hypot(...latest) / Math.sqrt(latest.length));
      }
      return most;
    };
    await pause(1000);
    const late = performance.now() + 20_000;
    while (loudness() < 0.01) {
      if (performance.now() > late) throw new Error('Nothing could be heard for 20 s.');
      await pause(4);
    }
    globalThis.visavisCut = true;
    const began = byKey ? performance.now() : 0;
    if (byKey) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    }
    let sure = byKey ? began : 0;
    let last = performance.now();
    const giveUp = performance.now() + 20_000;
    while (performance.now() - last < 500 || sure === 0) {
      if (performance.now() > giveUp) {
        throw new Error(sure === 0 ? 'The reader was not heard.' : 'It did not fall silent.');
      }
      const isHearing = document.querySelector('.listening[data-state="hearing"]') !== null;
      if (sure === 0 && isHearing) sure = performance.now();
      if (loudness() >= 0.0025) last = performance.now();
      await pause(4);
    }
    globalThis.visavisCut = false;
    return { silent: Math.max(0, last - began), sure: sure - began };
  }, byKey);
}

declare global {
  var visavisCut: boolean | undefined;
}
