import { expect } from 'vitest';
import { until } from '../until';
import type { View } from '../view';
import type { Situation } from './situations';
import { there, type World } from './world';

/** One thing that goes wrong, what the reader is told of it, and that it goes on from there. */
export interface Fault {
  /** What must be so before the panel is opened. */
  readonly prepare?: (world: World) => Promise<void>;
  /** Where the panel is; in the one window there is unless told. */
  readonly where?: 'window';
  /** Resolves when the avatar is there again. */
  readonly strike: (world: World, panel: View, situation: Situation) => Promise<void>;
  /** Situations it has no meaning in, and why. */
  readonly senseless?: Partial<Record<Situation, string>>;
}

const nothingRuns = { 'before connect': 'nothing runs yet' };
const elsewhere = 'I am awake in your other window.';

const panelClosed: Fault = {
  async strike(world) {
    await world.leave();
    await world.goOn(await world.openPanel());
  },
};

const windowClosed: Fault = {
  where: 'window',
  async strike(world) {
    await world.browser.closeWindow();
    await world.nothingRuns();
    await world.goOn(await world.openPanel());
  },
};

const workerKilled: Fault = {
  async strike(world, panel) {
    await world.browser.killBackground();
    await world.goOn(panel);
    await world.say(panel, `Are you still there, part ${world.asked.length}?`);
    await panel.waitForText('Speaking');
  },
};

const browserKilled: Fault = {
  async strike(world) {
    await world.browser.kill();
    // The background alone, before anybody opens a panel.
    await world.nothingRuns();
    await world.goOn(await world.openPanel());
  },
};

/** @param outlast - resolves when the network may come back. */
function offline(outlast: (panel: View, situation: Situation) => Promise<void>): Fault {
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

/** What breaks the line to the maker; while it is being opened, the question that waits opens another. */
function lineLost(deed: 'drop' | 'kill'): Fault {
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

async function anotherTry({ vendor }: World, panel: View): Promise<void> {
  const calls = () => vendor.told.filter(({ what }) => what === 'socket /').length;
  const before = calls();
  vendor.knobs.waitsAt = null;
  await until('another call to the maker', () => calls() > before);
  await panel.waitFor('no word of a failure', () => !document.querySelector('[role=alert]'));
}

const brokerDown: Fault = {
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

const tokenExpired: Fault = {
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

const secondWindow: Fault = {
  async strike(world, panel, situation) {
    const { browser, site, live } = world;
    const isAsleep = situation === 'before connect';
    await browser.openWindow(`${site.origin}/chinese.html`);
    await browser.clickToolbar();
    const second = await browser.panel();
    let most = 0;
    const counting = setInterval(() => void live().then((now) => (most = Math.max(most, now))), 50);
    try {
      if (!isAsleep) {
        await second.waitForText(elsewhere);
        await world.remembers(second);
        await second.clickOn('button', 'Bring me here');
      }
      await world.goOn(second);
      if (!isAsleep) await panel.waitForText(elsewhere);
    } finally {
      clearInterval(counting);
    }
    // Never two at a time: nobody pays twice.
    expect(most).toBe(1);
    expect(await browser.liveTracks()).toBe(0);
  },
};

const extensionReloaded: Fault = {
  async strike(world) {
    await world.browser.reloadExtension();
    await world.nothingRuns();
    await world.goOn(await world.openPanel());
  },
};

/** The page that is read; the one behind it was never shared. */
const tabClosed: Fault = {
  async prepare({ browser, site }) {
    await browser.open(`${site.otherOrigin}/chinese.html`);
  },
  async strike(world, panel) {
    await panel.find('button', /Whole page$/u);
    await world.page.close();
    await panel.waitForText('This page is not shared');
    await world.goOn(panel);
    await world.say(panel, `Which page is this, part ${world.asked.length}?`);
    await panel.waitForText('Speaking');
  },
};

/** An hour forward: nobody slept, so nobody leaves and no line is opened anew. */
const clockJump: Fault = {
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

/** So long is the outage that is not noticed by the line, s; the other one outlives every line. */
const long = Number(process.env['FAULTS_OFFLINE'] ?? 0);
const seconds = (count: number) =>
  new Promise<void>((over) => {
    setTimeout(over, count * 1000);
  });
/** The panel gives a line up, and its picture goes. */
async function givenUp(panel: View, situation: Situation): Promise<void> {
  if (situation === 'connecting') await panel.waitForText('This computer is offline.');
  const isGone = () => panel.evaluate(() => document.querySelector('video') === null);
  await until('the line to be given up', isGone, 45_000);
}

export const faults = {
  'panel closed': panelClosed,
  'window closed': windowClosed,
  'worker killed': workerKilled,
  'browser killed': browserKilled,
  'offline 5 s': offline(() => seconds(5)),
  'offline 60 s': offline((...where) => (long > 0 ? seconds(long) : givenUp(...where))),
  'vendor socket dropped': lineLost('drop'),
  'peer connection killed': lineLost('kill'),
  'broker down': brokerDown,
  'token expired': tokenExpired,
  'second window opens': secondWindow,
  'extension reloaded': extensionReloaded,
  'tab closed': tabClosed,
  'system clock jump': clockJump,
} satisfies Record<string, Fault>;
export type FaultName = keyof typeof faults;
