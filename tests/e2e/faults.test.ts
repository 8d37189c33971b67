import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { faultTable } from './fault-table';
import { faults, type Fault, type FaultName } from './faults/faults';
import { situations, type Situation } from './faults/situations';
import { meetNova, startWorld, type World } from './faults/world';
import { until } from './until';

/*
 * What goes wrong with a session that costs, and what it may not do: lose or double a word, leave
 * something running that nobody looks at, or say what is not so. `npm run bench:faults` prints it.
 */
const names = Object.keys(situations) as Situation[];
const table = faultTable(names);
let world: World;

beforeAll(async () => {
  world = await startWorld();
  await meetNova(world);
});
beforeEach(() => world.calm());
afterEach(async () => {
  expect(world.vendor.unknown).toEqual([]);
  expect(await world.browser.errors()).toEqual([]);
});
afterAll(async () => {
  console.log(table.print());
  await world?.close();
});

describe.each(Object.keys(faults) as FaultName[])('%s', (name) => {
  const fault: Fault = faults[name];
  const { senseless = {} } = fault;
  for (const [situation, why] of Object.entries(senseless)) table.senseless(name, situation, why);
  test.each(names.filter((situation) => !(situation in senseless)))('%s', async (situation) => {
    table.begin(name, situation);
    await fault.prepare?.(world);
    const panel = await situations[situation](world, () => world.openPanel(fault.where));
    await fault.strike(world, panel, situation);
    await until('one line to the maker', () => lines() === 1);
    expect(await world.live()).toBe(1);
    await world.leave();
    expect(await world.browser.liveTracks()).toBe(0);
    const kept = await world.kept();
    expect(kept.toSorted()).toEqual(world.asked.toSorted());
    table.passed(name, situation);
  });
});

function lines(): number {
  return world.vendor.running().filter((what) => what === 'socket').length;
}
