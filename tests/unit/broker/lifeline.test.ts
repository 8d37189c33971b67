import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { holdLifeline, onLifelineEnd } from '@/lib/broker/lifeline';
import type { Timing } from '@/lib/session/timing';

interface Port {
  readonly name: string;
  readonly sender: object;
  /** The other end is gone. */
  break(): void;
  readonly cut: boolean;
}

let ports: Port[];
let waiting: (() => void)[];
let waits: number[];
const timing: Timing = {
  after: (ms, done) => {
    waits.push(ms);
    waiting.push(done);
    return () => void waiting.splice(waiting.indexOf(done), 1);
  },
  chance: () => 0,
};
const ours = { id: fakeBrowser.runtime.id, url: 'chrome-extension://us/sidepanel.html' };

function makePort(name: string, sender: object = ours) {
  const listeners: (() => void)[] = [];
  let cut = false;
  const port = {
    name,
    sender,
    onDisconnect: { addListener: (listener: () => void) => void listeners.push(listener) },
    disconnect: () => void (cut = true),
    break: () => listeners.forEach((listener) => listener()),
    get cut() {
      return cut;
    },
  };
  ports.push(port);
  return port;
}

beforeEach(() => {
  ports = [];
  waiting = [];
  waits = [];
  Object.assign(fakeBrowser.runtime, {
    getURL: (path: string) => `chrome-extension://us${path}`,
    connect: ({ name }: { name: string }) => makePort(name),
  });
});

afterEach(() => vi.restoreAllMocks());

describe('the panel’s end', () => {
  it('is taken up again whenever the background is stopped, and not after it was let go of', () => {
    const stop = holdLifeline(timing);
    ports[0]?.break();
    expect(ports).toHaveLength(1);
    waiting.shift()?.();
    expect(ports).toHaveLength(2);
    ports[1]?.break();
    stop();
    expect(waiting).toEqual([]);
    expect(ports).toHaveLength(2);
  });

  it('is taken up at once where it has held, and less often where it does not hold', () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const stop = holdLifeline(timing);
    clock.mockReturnValue(60_000);
    ports[0]?.break();
    waiting.shift()?.();
    ports[1]?.break();
    waiting.shift()?.();
    expect(waits[0]).toBe(0);
    expect(waits[1]).toBeGreaterThan(0);
    stop();
  });

  it('is cut when it is let go of', () => {
    holdLifeline(timing)();
    expect(ports.map(({ cut }) => cut)).toEqual([true]);
  });
});

describe('the background’s end', () => {
  it('tells that a panel is gone, and listens to nobody but our own pages', () => {
    let connect: (port: object) => void = () => undefined;
    Object.assign(fakeBrowser.runtime, {
      onConnect: {
        addListener: (listener: typeof connect) => {
          connect = listener;
        },
      },
    });
    let ended = 0;
    onLifelineEnd(() => {
      ended += 1;
    });
    holdLifeline(timing);
    const [own] = ports;
    const others = [
      makePort('page'),
      makePort(own?.name ?? '', { ...ours, url: 'https://evil.example/' }),
      makePort(own?.name ?? '', {}),
    ];
    for (const port of [own, ...others]) if (port) connect(port);
    for (const port of others) port.break();
    expect(ended).toBe(0);
    own?.break();
    expect(ended).toBe(1);
  });
});
