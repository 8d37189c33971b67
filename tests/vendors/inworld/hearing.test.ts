import { live, loudness } from './live';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';
import { until } from '@/tests/vendors/until';
import { startVendor } from '@/tests/vendors/vendor';
import { hummer } from './hummer';
import { deserted, talkTo, toldUntil, type Gateway, type Talking } from './talking';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startVendor<InworldKnobs>('inworld');
});
beforeEach(() => gateway.turn({ haste: 3 }));
afterEach(async () => {
  try {
    expect(live()).toEqual([]);
    await deserted(gateway);
    expect(await gateway.unknown()).toEqual([]);
  } finally {
    await gateway.reset();
  }
});
afterAll(() => gateway.stop());

async function heard() {
  const { body } = await toldUntil(gateway, (told) => told.find(({ what }) => what === 'heard'));
  return body as { mode: string; seconds: number; hertz: number; loudness: number };
}

const using = (name: string, test: (talking: Talking) => Promise<void>) => {
  it(name, async () => {
    const talking = await talkTo(gateway);
    try {
      await test(talking);
    } finally {
      await talking.end();
    }
  });
};

describe('a character that hears', () => {
  for (const [mode, session] of [
    ['hold', 'EXPECT_AUDIO_END'],
    ['open', 'OPEN_MIC'],
  ] as const) {
    using(`takes all of what is said (${mode}), understands it and answers`, async (talking) => {
      const reader = hummer(mode);
      await talking.connection.hear?.(reader.ear);
      reader.begin();
      reader.hum(18);
      reader.end();
      const { seconds, hertz, mode: told, loudness } = await heard();
      expect(told).toBe(session);
      expect(seconds).toBeCloseTo(2, 1);
      expect(Math.abs(hertz - 440)).toBeLessThan(5);
      expect(loudness).toBeGreaterThan(0.2);
      await talking.first('said', ({ who, final }) => who === 'avatar' && final);
      const own = talking.all('said').filter(({ who }) => who === 'reader');
      expect(own.map(({ final }) => final)).toEqual([false, true]);
      expect(new Set(own.map(({ id }) => id)).size).toBe(1);
      expect(own.at(-1)?.text).toBe('What is this page about?');
      expect(talking.all('failed')).toEqual([]);
    });
  }

  using('falls silent when the reader begins to speak', async (talking) => {
    const reader = hummer('open');
    await talking.connection.hear?.(reader.ear);
    await talking.connection.ask('Tell me a long story', null);
    await until('sound', () => loudness() > 0.01);
    reader.begin();
    await talking.first('said', ({ cut }) => cut === true);
    await until('silence', () => loudness() < 0.001);
    reader.hum(12);
    reader.end();
    await talking.first('said', ({ who, final }) => who === 'reader' && final);
    await talking.first('said', ({ who, final, cut }) => who === 'avatar' && final && cut !== true);
  });

  using('opens the line that was closed in a quiet moment', async (talking) => {
    const reader = hummer('hold');
    await talking.connection.hear?.(reader.ear);
    await gateway.turn({ drop: { when: 'now', code: 1000, times: 1 } });
    await deserted(gateway);
    reader.begin();
    reader.hum(12);
    reader.end();
    expect((await heard()).seconds).toBeCloseTo(1.4, 1);
    await talking.first('said', ({ who, final }) => who === 'avatar' && final);
  });

  using('hears nobody any more when the microphone is taken away', async (talking) => {
    const reader = hummer('open');
    await talking.connection.hear?.(reader.ear);
    reader.begin();
    reader.hum(12);
    await talking.connection.hear?.(null);
    expect(reader.listeners()).toBe(0);
    expect((await heard()).seconds).toBeCloseTo(1.4, 1);
    await talking.first('said', ({ who, final }) => who === 'avatar' && final);
  });

  it('says so when nothing comes of it', async () => {
    await gateway.turn({ answer: 'nothing' });
    const talking = await talkTo(gateway, { limits: { answer: 300 } });
    const reader = hummer('hold');
    await talking.connection.hear?.(reader.ear);
    reader.begin();
    reader.end();
    expect((await heard()).seconds).toBeCloseTo(0.2, 1);
    expect((await talking.first('failed')).error.code).toBe('vendor_silent');
    await talking.end();
  });

  using('is lost when the line goes while the reader speaks', async (talking) => {
    const reader = hummer('hold');
    await talking.connection.hear?.(reader.ear);
    reader.begin();
    reader.hum(3);
    await gateway.turn({ drop: { when: 'now', code: 1006, times: 1 } });
    expect((await talking.first('ended')).ending).toMatchObject({
      by: 'error',
      error: { code: 'vendor_lost' },
    });
    expect(reader.listeners()).toBe(0);
  });
});
