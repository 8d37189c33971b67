import { expect } from 'vitest';
import { until } from '../until';
import type { View } from '../view';
import { nothingRuns, type Fault } from './fault';
import type { Situation } from './situations';
import { there, type World } from './world';

/* What happens to the ways to the maker and to the service. */

/** @param outlast - resolves when the network may come back. */
function offlineUntil(outlast: (panel: View, situation: Situation) => Promise<void>): Fault {
  return {
    async prepare({ vendor }) {
      vendor.knobs.media = 'cuttable';
    },
    async strike(world, panel, situation) {
      const { browser, vendor } = world;
      await browser.setOffline(true);
      vendor.knobs.now = { do: 'part' };
      if (situation === 'before connect') {
        await world.sendDraft(panel);
        await panel.waitForText('This computer is offline.');
      } else if (situation !== 'connecting') {
        await panel.waitForText('Offline\n');
        await panel.waitForText('I go on as soon as there is a network.');
        await world.say(panel, `Did you hear me out there, part ${world.asked.length}?`);
      }
      await outlast(panel, situation);
      await browser.setOffline(false);
      vendor.knobs.now = { do: 'rejoin' };
      if (await panel.has('button', 'Try again')) await panel.clickOn('button', 'Try again');
      await world.goOn(panel);
      await panel.waitForText('Speaking');
    },
  };
}

/** s; 0: as long as it takes until the line is given up. Here the time is the fault, not a wait. */
const long = Number(process.env['FAULTS_OFFLINE'] ?? 0);
const seconds = (count: number) =>
  new Promise<void>((over) => {
    setTimeout(over, count * 1000);
  });
/** Until a browser sees that the way is gone, and we that it does not come back, ms. */
const givenUpWithin = 45_000;
/** The panel gives a line up, and its picture goes. */
async function givenUp(panel: View, situation: Situation): Promise<void> {
  if (situation === 'connecting') await panel.waitForText('This computer is offline.');
  const isGone = () => panel.evaluate(() => document.querySelector('video') === null);
  await until('the line to be given up', isGone, givenUpWithin);
}

export const offlineShortly = offlineUntil(() => seconds(5));
export const offlineForLong = offlineUntil((...where) =>
  long > 0 ? seconds(long) : givenUp(...where),
);

/** What breaks the line to the maker; while it is being opened, the question that waits opens another. */
export function lineLost(deed: 'drop' | 'kill'): Fault {
  return {
    senseless: nothingRuns,
    async strike(world, panel, situation) {
      world.vendor.knobs.now = { do: deed };
      if (situation === 'connecting') await anotherTry(world, panel);
      else await panel.waitForText('Line lost');
      await world.goOn(panel);
    },
  };
}

/**
 * The media are cut off from one moment to the next, and the socket is not: the way comes back by
 * itself, and another time it does not.
 */
export const networkChanges: Fault = {
  senseless: { ...nothingRuns, connecting: 'no way yet: as a peer that is killed' },
  async prepare({ vendor }) {
    vendor.knobs.media = 'cuttable';
  },
  async strike(world, panel) {
    const { vendor } = world;
    const before = calls(world);
    vendor.knobs.now = { do: 'cut' };
    await panel.waitForText('Line lost');
    const held = `What did I miss, part ${world.asked.length}?`;
    await world.say(panel, held);
    vendor.knobs.now = { do: 'mend' };
    await panel.waitForText('Speaking');
    expect(askedFor(world, held)).toBe(1);
    expect(calls(world)).toBe(before);

    vendor.knobs.answers = 'not at all';
    const open = `And who is there, part ${world.asked.length}?`;
    await world.say(panel, open);
    await until('the maker to be asked', () => askedFor(world, open) === 1);
    vendor.knobs.now = { do: 'cut' };
    await panel.waitForText('Line lost');
    vendor.knobs.answers = 'well';
    await until('another line', () => calls(world) > before, givenUpWithin);
    await panel.waitForText('Speaking');
    expect(askedFor(world, open)).toBe(2);
    expect(calls(world)).toBe(before + 1);
  },
};

const calls = ({ vendor }: World) => vendor.told.filter(({ what }) => what === 'socket /').length;

function askedFor({ vendor }: World, question: string): number {
  const asks = vendor.told.filter(({ what }) => what === 'socket scene.conversationSend');
  return asks.filter(({ body }) => JSON.stringify(body).includes(question)).length;
}

async function anotherTry(world: World, panel: View): Promise<void> {
  const before = calls(world);
  world.vendor.knobs.waitsAt = null;
  await until('another call to the maker', () => calls(world) > before, givenUpWithin);
  await panel.waitFor('no word of a failure', () => !document.querySelector('[role=alert]'));
}

export const brokerDown: Fault = {
  async strike(world, panel, situation) {
    await world.stopBroker();
    try {
      if (situation === 'before connect') await panel.clickOn('button', 'Wake Nova');
      else {
        // What runs needs it only later; what is begun needs it now.
        await world.goOn(panel);
        await panel.clickOn('button', 'Menu');
        await panel.clickOn('button', 'Send Nova to sleep');
        await panel.waitForText('Asleep. Say hello or type.');
        await until('the vendor to see the end', () => world.vendor.running().length === 0);
        expect(await world.browser.liveTracks()).toBe(0);
        await panel.clickOn('button', 'Wake Nova');
      }
      await panel.waitForText('The avatar service could not be reached');
      await panel.waitForText('No way through');
    } finally {
      await world.startBroker();
    }
    await panel.clickOn('button', 'Try again');
    await panel.waitForText(there);
    await world.goOn(panel);
  },
};

export const tokenExpired: Fault = {
  senseless: { 'before connect': 'no token yet' },
  // Renewed half a minute before it is over, or at half its time.
  async prepare(world) {
    await world.stopBroker();
    await world.startBroker(30);
  },
  async strike(world, panel, situation) {
    if (situation === 'connecting') {
      const refuseAt = { stage: 'connected', reason: 'sessionTimeout' } as const;
      Object.assign(world.vendor.knobs, { refuseAt, refusals: 1 });
      await anotherTry(world, panel);
    } else {
      await world.broker().endAll();
      await panel.waitForText('That session is over. Start a new one.', 25_000);
      await panel.waitForText('Broke off');
      await world.nothingRuns();
      expect(await world.browser.liveTracks()).toBe(0);
      await panel.clickOn('button', 'Try again');
    }
    await world.goOn(panel);
  },
};
