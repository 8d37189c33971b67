import { ever, live, loudness } from './live';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';
import { until } from '@/tests/vendors/until';
import { startVendor } from '@/tests/vendors/vendor';
import { deserted, talkTo, toldUntil, type Gateway, type Talking, type Wish } from './talking';

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

const using = (name: string, wish: Wish, test: (talking: Talking) => Promise<void>) => {
  it(name, async () => {
    const talking = await talkTo(gateway, wish);
    try {
      await test(talking);
    } finally {
      await talking.end();
    }
  });
};

const audible = 0.01;
/** The loudest of some time. */
async function loudest(ms: number): Promise<number> {
  const end = performance.now() + ms;
  let most = 0;
  while (performance.now() < end) {
    most = Math.max(most, loudness());
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  return most;
}

describe('the voice of an Inworld character', () => {
  using('opens our mouth when it is heard and shuts it when it is not', {}, async (talking) => {
    await gateway.turn({ pieces: 1, haste: 1 });
    await talking.connection.ask('Papa?', null);
    await until('sound', () => loudness() > audible);
    const heard = performance.now();
    const cues = talking.all('visemes').flatMap((event) => event.cues);
    const opens = cues.find(({ viseme }) => viseme !== 'sil')?.at ?? 0;
    expect(Math.abs(heard - opens)).toBeLessThan(120);
    await talking.first('speaking', ({ who }) => who === null);
    const silent = performance.now();
    const last = talking
      .all('visemes')
      .flatMap((event) => event.cues)
      .at(-1);
    expect(last?.viseme).toBe('sil');
    expect(Math.abs(silent - (last?.at ?? 0))).toBeLessThan(150);
    const used = new Set(cues.map(({ viseme }) => viseme));
    expect(used.size).toBeGreaterThan(3);
  });

  using('moves the mouth without phonemes too', {}, async (talking) => {
    await gateway.turn({ phonemes: false });
    await talking.answer('What is a lighthouse?');
    await talking.first('speaking', ({ who }) => who === null);
    const cues = talking.all('visemes').flatMap((event) => event.cues);
    expect(cues.filter(({ viseme }) => viseme !== 'sil').length).toBeGreaterThan(10);
    expect(cues.map(({ at }) => at)).toEqual(cues.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  using('is silent while it is held, and is heard again after', {}, async (talking) => {
    await gateway.turn({ pieces: 8, haste: 1 });
    await talking.connection.ask('A story, please.', null);
    await until('sound', () => loudness() > audible);
    talking.connection.hold?.(true);
    // What the measuring itself still holds.
    await until('silence', () => loudness() < audible);
    expect(await loudest(200)).toBeLessThan(audible);
    talking.connection.hold?.(false);
    await until('sound again', () => loudness() > audible);
  });

  using('is silent at once when interrupted, though the service goes on', {}, async (talking) => {
    await gateway.turn({ answer: 'deaf', paceMs: 80, pieces: 4 });
    await talking.connection.ask('Tell me a long story', null);
    await until('sound', () => loudness() > audible);
    await talking.connection.interrupt?.();
    expect(talking.all('speaking').at(-1)?.who).toBe(null);
    expect(talking.all('visemes').at(-1)?.cues).toEqual([]);
    expect(talking.all('said').at(-1)).toMatchObject({ final: true, cut: true });
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });
    const before = talking.events.length;
    expect(await loudest(800)).toBeLessThan(0.001);
    const after = talking.events.slice(before).filter(({ type }) => type !== 'emotion');
    expect(after).toEqual([]);
    const cancelled = await toldUntil(gateway, (told) =>
      told.find(({ what }) => what === 'socket mutation cancelResponses'),
    );
    expect(cancelled.body).toHaveProperty('interactionId');
    await gateway.turn({ answer: 'whole' });
    expect(await talking.answer('What is rain?')).toContain('rain');
    expect(await loudest(500)).toBeGreaterThan(audible);
  });

  using('is cut by the next question, of which nothing is lost', {}, async (talking) => {
    await talking.connection.ask('Tell me a long story', null);
    await until('sound', () => loudness() > audible);
    await talking.connection.ask('What is rain?', null);
    await talking.first('said', ({ text, final }) => final && text.includes('rain'));
    await talking.first('speaking', ({ who }) => who === null, talking.events.length);
    expect(talking.all('said').filter(({ cut }) => cut === true)).toHaveLength(1);
  });

  using('cannot be heard while mute, and is heard again', {}, async (talking) => {
    await talking.connection.mute(true);
    await talking.connection.ask('Tell me a long story', null);
    await talking.first('speaking');
    await loudest(100);
    expect(await loudest(400)).toBeLessThan(0.001);
    await talking.connection.mute(false);
    await until('sound', () => loudness() > audible);
  });

  using('is as loud as the reader wants it', { grant: { volume: 0 } }, async (talking) => {
    await talking.connection.ask('Tell me a long story', null);
    await talking.first('speaking');
    expect(await loudest(400)).toBeLessThan(0.001);
    await talking.connection.volume?.(1);
    await until('sound', () => loudness() > audible);
    await talking.connection.volume?.(0);
    await loudest(50);
    expect(await loudest(200)).toBeLessThan(0.001);
  });

  using('starts mute when it shall', { grant: { muted: true } }, async (talking) => {
    await talking.connection.ask('What is fog?', null);
    await talking.first('speaking');
    await loudest(100);
    expect(await loudest(300)).toBeLessThan(0.001);
  });

  using('can go to another device', {}, async (talking) => {
    await talking.connection.sink?.('');
    await expect(talking.connection.sink?.('no such device')).rejects.toThrow();
  });

  for (const sound of ['bad', 'missing', 'stray', 'mp3'] as const) {
    using(`goes on after a chunk that is ${sound}`, { limits: { quiet: 500 } }, async (talking) => {
      await gateway.turn({ sound });
      expect(await talking.answer('What is fog?')).toContain('fog');
      await until('sound', () => loudness() > audible);
      await talking.first('speaking', ({ who }) => who === null);
      await gateway.turn({ sound: 'good' });
      const since = talking.events.length;
      await talking.connection.ask('What is rain?', null);
      await talking.first('speaking', ({ who }) => who === 'avatar', since);
      await until('sound', () => loudness() > audible);
    });
  }

  using(
    'says so when the browser stops it in mid-word, and goes on with a click',
    {},
    async (talking) => {
      await talking.connection.ask('What is fog?', null);
      await talking.first('speaking', ({ who }) => who === 'avatar');
      await ever.contexts().at(-1)?.suspend();
      await talking.first('voice', ({ state }) => state === 'blocked');
      await talking.connection.mute(false);
      await talking.first('voice', ({ state }) => state === 'heard');
      await talking.first('speaking', ({ who }) => who === null);
    },
  );

  using(
    'waits for a click where the browser holds sound back, and is heard from its beginning',
    {},
    async (talking) => {
      const context = ever.contexts().at(-1);
      await context?.suspend();
      await talking.first('voice', ({ state }) => state === 'blocked');
      expect(await talking.answer('What is fog?')).toContain('fog');
      expect(talking.all('speaking')).toEqual([]);
      await talking.connection.mute(false);
      await talking.first('voice', ({ state }) => state === 'heard');
      await talking.first('speaking', ({ who }) => who === 'avatar');
      await until('sound', () => loudness() > audible);
      await talking.first('speaking', ({ who }) => who === null);
    },
  );
});
