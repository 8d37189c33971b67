import { ever, live } from './live';
import { expect, it, onTestFinished } from 'vitest';
import { heapInUse } from '@/tests/vendors/heap';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';
import { startVendor } from '@/tests/vendors/vendor';
import { talkTo } from './talking';

/** `VITE_SOAK_TURNS=500` for the long one. */
const turns = Number(import.meta.env['VITE_SOAK_TURNS'] ?? 60);
/** By then everything that is made once is made. */
const settled = Math.min(50, turns / 3);

it(
  `a session of ${turns} turns leaves nothing behind that grows`,
  { timeout: 60_000 + turns * 1500 },
  async () => {
    const gateway = await startVendor<InworldKnobs>('inworld');
    onTestFinished(() => gateway.stop());
    await gateway.turn({ haste: 3 });
    const talking = await talkTo(gateway);
    const { connection, events } = talking;
    let heap = 0;
    let running: string[] = [];
    for (let turn = 1; turn <= turns; turn += 1) {
      events.length = 0;
      await connection.ask(`What is number ${turn}?`, {
        url: `https://example.org/${turn}`,
        title: `Page ${turn}`,
        language: 'en',
        selection: null,
        text: null,
      });
      await talking.first('speaking', ({ who }) => who === 'avatar');
      // One in ten is heard to its end; the others are interrupted by the next question.
      if (turn % 10 === 0) await talking.first('speaking', ({ who }) => who === null);
      if (turn % 15 === 7) {
        await connection.interrupt?.();
        await gateway.turn({ drop: { when: 'now', code: 1000, times: 1 } });
        await expect.poll(() => gateway.running()).toEqual([]);
      }
      if (turn === settled) {
        await connection.interrupt?.();
        heap = await heapInUse();
        running = live();
      }
    }
    await connection.interrupt?.();
    events.length = 0;
    const grown = (await heapInUse()) / heap;
    expect(grown).toBeLessThan(1.1);
    await expect.poll(() => live().toSorted()).toEqual(running.toSorted());
    expect(ever.contexts()).toHaveLength(1);
    expect(await gateway.unknown()).toEqual([]);
    await talking.end();
    expect(live()).toEqual([]);
  },
);
