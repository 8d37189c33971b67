import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { browsers } from './browsers';
import { chosen } from './faults/chosen';
import type { Fault } from './faults/fault';
import { faults, type FaultName } from './faults/faults';
import { situations, type Situation } from './faults/situations';
import { faultTable } from './faults/table';
import { meetNova, startWorld, type World } from './faults/world';
import { until } from './until';

/*
 * What goes wrong with a session that costs, and what it may not do: lose or double a word, leave
 * something running that nobody looks at, or say what is not so. `npm run bench:faults` prints it.
 */
const names = Object.keys(situations) as Situation[];
const isWhole = process.env['FAULTS'] === 'all';
/** An outage of a minute, and what comes before and after. */
const longest = 150_000;

describe.each(browsers)('faults in $name', ({ name: browser }) => {
  const table = faultTable(browser, Object.keys(faults), names);
  let world: World;

  beforeAll(async () => {
    world = await startWorld(browser);
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

  const cells = (Object.keys(faults) as FaultName[]).flatMap((name) => {
    const { senseless = {} }: Fault = faults[name];
    for (const [situation, why] of Object.entries(senseless)) table.senseless(name, situation, why);
    const all = names.filter((one) => !(one in senseless));
    const some = isWhole ? all : (chosen[browser][name] ?? []);
    return some.map((situation) => ({ name, situation }));
  });
  test.each(cells)('$name, $situation', { timeout: longest }, async ({ name, situation }) => {
    const fault: Fault = faults[name];
    table.begin(name, situation);
    const before = world.asked.length;
    await fault.prepare?.(world);
    const panel = await situations[situation](world, () => world.openPanel(fault.where));
    await fault.strike(world, panel, situation);
    await until('one line to the maker', () => lines() === 1);
    expect(await world.live()).toBe(1);
    await world.leave();
    expect(await world.browser.liveTracks()).toBe(0);
    const kept = await world.kept();
    // No two are alike: nothing of this cell is missing, and nothing of any lies there twice.
    const asked = world.asked.slice(before);
    expect(kept.filter((one) => asked.includes(one)).toSorted()).toEqual(asked.toSorted());
    expect(kept).toHaveLength(new Set(kept).size);
    table.passed(name, situation);
  });

  function lines(): number {
    return world.vendor.running().filter((what) => what === 'socket').length;
  }
});
