import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { visemes } from '@/lib/face/cue';
import { createVoice, voiceRate } from '@/tests/emulators/media/voice';
import { level } from '@/tests/unit/emulators/hearing';

const sentence = 'Good morning. This page is about the moons of Jupiter.';
const installed = spawnSync('espeak-ng', ['--version']).status === 0;

// On a machine without eSpeak NG both are the hum, which has to keep to the same rules.
describe.each([
  ['a voice', createVoice()],
  ['the stand-in', createVoice({ force: 'stand-in' })],
])('%s', (_, voice) => {
  test('says a sentence in about the time a person takes', async () => {
    const { pcm, durationMs } = await voice.speak(sentence);
    expect(durationMs).toBeGreaterThan(2000);
    expect(durationMs).toBeLessThan(6000);
    expect(pcm.length / voiceRate).toBeCloseTo(durationMs / 1000, 3);
  });

  test('takes longer for more', async () => {
    const [short, long] = await Promise.all([
      voice.speak('Hello.'),
      voice.speak(`${sentence} ${sentence}`),
    ]);
    expect(long.durationMs).toBeGreaterThan(4 * short.durationMs);
  });

  test('is loud in its words and pauses between its sentences', async () => {
    const { pcm } = await voice.speak(sentence);
    expect(level(pcm)).toBeGreaterThan(0.03);
    expect(Math.max(...levels(pcm))).toBeGreaterThan(0.08);
    expect(Math.min(...levels(pcm))).toBeLessThan(0.005);
  });

  test('moves the mouth while it can be heard, and shuts it at the end', async () => {
    const { cues, durationMs } = await voice.speak(sentence);
    expect(cues.length).toBeGreaterThan(20);
    expect(new Set(cues.map((cue) => cue.viseme)).size).toBeGreaterThan(6);
    for (const { viseme, at } of cues) {
      expect(visemes).toContain(viseme);
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(durationMs);
    }
    expect(cues.map((cue) => cue.at)).toEqual(cues.map((cue) => cue.at).toSorted((a, b) => a - b));
    expect(cues.at(-1)?.viseme).toBe('sil');
  });

  test.each(['', '…', '-v is not an option', '漢字'])('says %j without failing', async (text) => {
    const { pcm, durationMs } = await voice.speak(text);
    expect(pcm.length).toBeGreaterThan(0);
    expect(durationMs).toBeGreaterThan(0);
  });

  test('makes the same text once', async () => {
    expect(await voice.speak(sentence)).toBe(await voice.speak(sentence));
  });
});

test('eSpeak NG speaks wherever it is installed', async () => {
  const [real, forced] = await Promise.all([
    createVoice().speak(sentence),
    createVoice({ force: 'stand-in' }).speak(sentence),
  ]);
  expect(real.pcm.length === forced.pcm.length).toBe(!installed);
});

/** Level of each 20 ms. */
function levels(pcm: Int16Array): number[] {
  const step = voiceRate / 50;
  return Array.from({ length: Math.floor(pcm.length / step) }, (_, i) =>
    level(pcm.subarray(i * step, (i + 1) * step)),
  );
}
