import { decoding, ever, live } from './live';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PageContext } from '@/lib/page/page';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';
import { startVendor } from '@/tests/vendors/vendor';
import { hummer } from './hummer';
import { deserted, talkTo, toldUntil, type Gateway, type Talking } from './talking';

/*
 * What the vendor's SDK does wrong, by the numbers of the notes on its wire. Each of these fails
 * without the work-around it names; those of sound are in `sounding.test.ts`, those of opening and
 * of lost lines in `faults.test.ts`.
 */
let gateway: Gateway;
const thrown: string[] = [];
const note = (event: ErrorEvent | PromiseRejectionEvent) => {
  thrown.push(event instanceof ErrorEvent ? event.message : String(event.reason));
  event.preventDefault();
  event.stopImmediatePropagation();
};
beforeAll(async () => {
  gateway = await startVendor<InworldKnobs>('inworld');
});
beforeEach(async () => {
  await gateway.turn({ haste: 3 });
  thrown.length = 0;
  window.addEventListener('error', note, { capture: true });
  window.addEventListener('unhandledrejection', note, { capture: true });
});
afterEach(async () => {
  window.removeEventListener('error', note, { capture: true });
  window.removeEventListener('unhandledrejection', note, { capture: true });
  decoding.takes = 0;
  expect(thrown).toEqual([]);
  try {
    expect(live()).toEqual([]);
    await deserted(gateway);
    expect(await gateway.unknown()).toEqual([]);
  } finally {
    await gateway.reset();
  }
});
afterAll(() => gateway.stop());

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
const pause = (ms: number) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
const count = async (what: string) =>
  (await gateway.told()).filter((told) => told.what === what).length;
const page: PageContext = {
  url: 'https://example.org/',
  title: 'A page',
  language: 'en',
  selection: null,
  text: null,
};

describe('the defects of the SDK', () => {
  for (const odd of ['malformed', 'neither', 'null', 'idless', 'huge', 'unknown'] as const) {
    using(`12: a message that is ${odd} puts no live line to sleep (the door)`, async (talking) => {
      await gateway.turn({ odd: [odd] });
      expect(await talking.answer('What is fog?')).toContain('fog');
      expect(await talking.answer('What is rain?')).toContain('rain');
      expect(await count('socket open')).toBe(1);
      expect(talking.all('ended')).toEqual([]);
    });
  }

  using(
    '7: a socket replaced and closed late does not end the one in use (the door)',
    async (talking) => {
      await gateway.turn({
        error: {
          at: 'question',
          type: 'SESSION_TOKEN_EXPIRED',
          reconnect: 'IMMEDIATE',
          code: 16,
          times: 1,
          closeAfterMs: 800,
        },
      });
      expect(await talking.answer('What is fog?')).toContain('fog');
      await pause(1000);
      expect(await talking.answer('What is rain?')).toContain('rain');
      expect(await count('socket open')).toBe(2);
    },
  );

  using('2: nothing is sent to a closed line (asked before each message)', async (talking) => {
    await talking.answer('What is fog?');
    await gateway.turn({ drop: { when: 'now', code: 1000, times: 1 } });
    await deserted(gateway);
    await talking.connection.interrupt?.();
    await talking.connection.look?.(page);
    await pause(300);
    expect(await count('socket open')).toBe(1);
    expect(await talking.answer('What is rain?', page)).toContain('A page');
  });

  using('3: an interruption leaves playback alive (stop and clear)', async (talking) => {
    for (let i = 0; i < 3; i += 1) {
      const since = talking.events.length;
      await talking.connection.ask('Tell me a long story', null);
      await talking.first('speaking', ({ who }) => who === 'avatar', since);
      await talking.connection.interrupt?.();
    }
  });

  using(
    'what is still being decoded when it is interrupted is not played in place of the next',
    async (talking) => {
      decoding.takes = 300;
      await talking.connection.ask('What is fog?', null);
      decoding.at.length = 0;
      await expect.poll(() => decoding.at.length, { interval: 5 }).toBeGreaterThan(0);
      await talking.connection.interrupt?.();
      decoding.at.length = 0;
      const since = talking.events.length;
      await talking.connection.ask('What is rain?', null);
      await talking.first('speaking', ({ who }) => who === 'avatar', since);
      expect(performance.now() - (decoding.at[0] ?? 0)).toBeGreaterThan(280);
    },
  );

  using(
    'what was only mentioned is not sent again at a reconnect (it is forgotten)',
    async (talking) => {
      await talking.connection.look?.(page);
      await toldUntil(gateway, (told) => told.some(({ what }) => what.includes('page_context')));
      await talking.answer('What is fog?', page);
      await gateway.turn({
        error: {
          at: 'question',
          type: 'SESSION_TOKEN_EXPIRED',
          reconnect: 'IMMEDIATE',
          code: 16,
          times: 1,
        },
      });
      expect(await talking.answer('What is rain?', page)).toContain('rain');
      expect(await count('socket trigger page_context')).toBe(1);
      expect(await count('socket text')).toBe(3);
    },
  );

  using('8: a call that is never answered holds nothing up (time-outs)', async (talking) => {
    await gateway.turn({ stateStatus: 0 });
    await talking.answer('What is fog?');
    await talking.first('speaking', ({ who }) => who === null);
    await toldUntil(gateway, (told) => told.some(({ what }) => what.startsWith('GET')));
    expect(await talking.answer('What is rain?')).toContain('rain');
  });

  using('9: the microphone is not the SDK’s: nothing is captured twice', async (talking) => {
    const before = ever.contexts().length;
    const { mediaDevices } = navigator;
    const { getUserMedia } = mediaDevices;
    let asked = 0;
    mediaDevices.getUserMedia = (constraints) => {
      asked += 1;
      return getUserMedia.call(mediaDevices, constraints);
    };
    try {
      const reader = hummer('hold');
      await talking.connection.hear?.(reader.ear);
      reader.begin();
      reader.hum(12);
      reader.end();
      await toldUntil(gateway, (told) => told.some(({ what }) => what === 'heard'));
    } finally {
      mediaDevices.getUserMedia = getUserMedia;
    }
    expect(asked).toBe(0);
    expect(ever.contexts()).toHaveLength(before);
  });

  using(
    '10: nothing listens to the window, no interval runs, and silence is not played to itself',
    async () => {
      expect(live().filter((name) => !/audio|socket/u.test(name))).toEqual([]);
      expect(live()).toContain('an audio context');
      expect(ever.peers()).toBe(0);
    },
  );

  using('a click on the page asks the service for nothing and stores nothing', async (talking) => {
    await gateway.turn({ stateStatus: 500 });
    await talking.answer('What is fog?');
    await talking.first('speaking', ({ who }) => who === null);
    await pause(100);
    const before = (await gateway.told()).filter(({ what }) => what.startsWith('GET')).length;
    window.dispatchEvent(new Event('blur'));
    await pause(1500);
    const after = (await gateway.told()).filter(({ what }) => what.startsWith('GET')).length;
    expect(after).toBe(before);
    expect(sessionStorage.getItem('inworldSessionState')).toBe(null);
  });

  it('after the end it calls nobody any more', async () => {
    const talking = await talkTo(gateway);
    await talking.answer('What is fog?');
    await talking.end();
    const told = (await gateway.told()).length;
    window.dispatchEvent(new Event('blur'));
    window.dispatchEvent(new Event('focus'));
    await pause(1300);
    const since = (await gateway.told()).slice(told).filter(({ what }) => what !== 'socket close');
    expect(since).toEqual([]);
  });

  using('a quiet socket that is opened again leaves no peer connections', async (talking) => {
    for (let i = 0; i < 3; i += 1) {
      await gateway.turn({ drop: { when: 'now', code: 1000, times: 1 } });
      await deserted(gateway);
      await talking.answer('What is fog?');
      await talking.connection.interrupt?.();
    }
    await toldUntil(
      gateway,
      (told) => told.filter(({ what }) => what === 'socket open').length === 4,
    );
    expect(ever.peers()).toBe(0);
    expect(live().filter((name) => name.startsWith('a socket'))).toHaveLength(1);
  });
});
