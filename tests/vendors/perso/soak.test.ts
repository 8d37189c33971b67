import { expect, it } from 'vitest';
import { cdp } from 'vitest/browser';
import { countLeftovers } from '@/tests/vendors/perso/leftovers';
import { startPerso } from '@/tests/vendors/perso/perso';
import { until } from '@/tests/vendors/until';
import { reef, sit } from '@/tests/vendors/perso/table';

/** `npm run bench:soak` is the long one. */
const turns = 60;
/** By then everything that is made once is made. */
const settled = 20;

it(`a session of ${turns} turns leaves nothing behind that grows`, async () => {
  const perso = await startPerso();
  await perso.turn({ speech: 0.03, paceMs: 1 });
  const leftovers = countLeftovers();
  const sitting = await sit(perso);
  let before: { running: string[]; use: Use } | null = null;
  for (let turn = 1; turn <= turns; turn += 1) {
    sitting.events.length = 0;
    const isAboutPage = turn % 4 === 0;
    await perso.turn({ answer: isAboutPage ? null : 'It is a number. Others are larger.' });
    const isCut = turn % 6 === 0;
    const voice = isCut ? null : sitting.next('spoken');
    // One in three is not heard out.
    const isHeardOut = turn % 3 !== 0;
    const answer = isHeardOut || isCut ? sitting.next('said', ({ final }) => final) : null;
    const silence = isHeardOut ? sitting.next('speaking', ({ who }) => who === null) : null;
    await sitting.ask(isAboutPage ? 'What is this page about?' : `What is number ${turn}?`, reef);
    // One in three is interrupted, in mid-word or while its voice is made.
    if (isCut) await sitting.next('said').then(() => sitting.connection.interrupt?.());
    await Promise.all([answer, voice, silence]);
    if (turn === settled) before = { running: leftovers.running(), use: await use() };
  }
  await sitting.connection.interrupt?.();
  sitting.events.length = 0;
  await until('no call to be under way', () => !leftovers.running().includes('a call'));
  const after = await use();
  expect(leftovers.running().toSorted()).toEqual(before?.running.toSorted());
  expect(leftovers.peers).toHaveLength(1);
  expect(after.heap / (before?.use.heap ?? 0)).toBeLessThan(1.1);
  expect(after.listeners - (before?.use.listeners ?? 0)).toBeLessThanOrEqual(5);
  await until('one peer', async () => (await perso.running()).every((one) => one === 'a peer'));
  await sitting.connection.close();
  sitting.stage.remove();
  expect(leftovers.running()).toEqual([]);
  leftovers.stop();
  expect(await perso.unknown()).toEqual([]);
  await perso.stop();
});

interface Use {
  /** Bytes. */
  readonly heap: number;
  readonly listeners: number;
}

/** What is in use after the rubbish is gone. */
async function use(): Promise<Use> {
  const session = cdp() as {
    send(method: 'HeapProfiler.collectGarbage' | 'Performance.enable'): Promise<void>;
    send(method: 'Performance.getMetrics'): Promise<{ metrics: { name: string; value: number }[] }>;
  };
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const valueOf = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
  return { heap: valueOf('JSHeapUsedSize'), listeners: valueOf('JSEventListeners') };
}
