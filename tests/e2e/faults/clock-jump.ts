import { expect } from 'vitest';
import type { Fault } from './fault';

/** An hour forward: nobody slept, so nobody leaves and no line is opened anew. */
export const clockJump: Fault = {
  async strike(world, panel, situation) {
    const { browser, vendor } = world;
    const calls = () => vendor.told.filter(({ what }) => what === 'socket /').length;
    const before = calls();
    await panel.evaluate(countLooks);
    await browser.shiftClock(3_600_000);
    if (situation.startsWith('live')) {
      await panel.waitFor('the panel to look twice at its line', lookedTwice);
    }
    await world.goOn(panel);
    await world.say(panel, `What time is it, part ${world.asked.length}?`);
    await panel.waitForText('Speaking');
    // And back again, as a time server would.
    await browser.shiftClock(-3_600_000);
    expect(calls() - before).toBe(situation === 'before connect' ? 1 : 0);
  },
};

/** Runs in the panel: when it asked how its line is. */
function countLooks(): void {
  const { getStats } = RTCPeerConnection.prototype;
  const looks: number[] = [];
  globalThis.looks = looks;
  RTCPeerConnection.prototype.getStats = function counted(this: RTCPeerConnection) {
    looks.push(performance.now());
    return Reflect.apply(getStats, this, []);
  };
}

/** Two looks close together: what is noted for diagnostics is seconds apart. */
function lookedTwice(): boolean {
  return globalThis.looks.some((look, index, all) => look - (all[index - 1] ?? -Infinity) < 1500);
}

declare global {
  var looks: readonly number[];
}
