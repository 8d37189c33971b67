import { fakeBrowser } from 'wxt/testing/fake-browser';
import { readOrWait } from '@/lib/page/ahead';

/** A window of a browser with tabs, grants and pages that answer, behind the API we call. */
export interface World {
  /** Puts a tab in front; a new one where the number is new. */
  show(tab: Partial<WorldTab> & { id: number }): void;
  /** The tab goes to another address, as the browser tells it. */
  go(tabId: number, url: string): void;
  /** Another document at the same address: what we brought to the one before is gone. */
  reload(): void;
  close(tabId: number): void;
  /** What the watcher in the tab posts. */
  tell(tabId: number, message: unknown): void;
  /** The page goes, and its ports with it. */
  hangUp(tabId: number): void;
  grant(...origins: string[]): void;
  revoke(...origins: string[]): void;
  /** How often the window was asked which tab is in front. */
  readonly looks: number;
  /** `<tab> <file>` for every script that was injected. */
  readonly injected: readonly string[];
  readonly registered: readonly Registered[];
  /** Called for `executeScript`; what it returns is the frames' result. */
  inject: (tabId: number, file: string) => Promise<unknown>;
  /** Called with everything posted to the tab. */
  hear: (tabId: number, message: unknown) => void;
}

interface WorldTab {
  id: number;
  windowId: number;
  url?: string;
  title?: string;
  favIconUrl?: string;
  incognito: boolean;
}
interface Injection {
  readonly target: { readonly tabId: number };
  readonly files?: string[];
  readonly func?: (...args: readonly unknown[]) => unknown;
  readonly args?: readonly unknown[];
}
interface Registered {
  readonly id: string;
  readonly matches?: string[];
  readonly excludeMatches?: string[];
}

export function createWorld(): World {
  const tabs = new Map<number, WorldTab>();
  const ports = new Map<number, Port[]>();
  const granted = new Set<string>();
  const scripts = new Map<string, Registered>();
  const injected: string[] = [];
  let front: number | null = null;
  let looks = 0;

  const on = {
    onActivated: event(),
    onUpdated: event(),
    onRemoved: event(),
    onAttached: event(),
    onDetached: event(),
    onReplaced: event(),
  };
  const permissions = { onAdded: event(), onRemoved: event() };
  const covers = (pattern: string) =>
    granted.has(pattern) || granted.has(pattern.replace(/\/\/.*$/u, '//*/*'));

  const world: World = {
    show(tab) {
      tabs.set(tab.id, { windowId: 1, incognito: false, ...tabs.get(tab.id), ...tab });
      front = tab.id;
      on.onActivated.fire({ tabId: tab.id, windowId: 1 });
    },
    go(tabId, url) {
      const tab = { windowId: 1, incognito: false, ...tabs.get(tabId), id: tabId, url };
      tabs.set(tabId, tab);
      on.onUpdated.fire(tabId, { url }, tab);
    },
    reload() {
      Reflect.deleteProperty(globalThis, Symbol.for('visavis.reader'));
    },
    close(tabId) {
      tabs.delete(tabId);
      if (front === tabId) front = null;
      on.onRemoved.fire(tabId, { windowId: 1 });
    },
    tell(tabId, message) {
      for (const port of ports.get(tabId) ?? []) port.onMessage.fire(message);
    },
    hangUp(tabId) {
      for (const port of ports.get(tabId) ?? []) port.onDisconnect.fire(port);
      ports.delete(tabId);
    },
    grant(...origins) {
      for (const origin of origins) granted.add(origin);
      permissions.onAdded.fire({ origins });
    },
    revoke(...origins) {
      for (const origin of origins) granted.delete(origin);
      permissions.onRemoved.fire({ origins });
    },
    get looks() {
      return looks;
    },
    injected,
    get registered() {
      return [...scripts.values()];
    },
    inject: async () => null,
    hear: () => undefined,
  };

  world.reload();
  Object.assign(fakeBrowser.tabs, {
    ...on,
    query: async () => {
      looks += 1;
      const tab = front === null ? undefined : tabs.get(front);
      return tab ? [{ ...tab }] : [];
    },
    get: async (tabId: number) => {
      const tab = tabs.get(tabId);
      if (!tab) throw new Error(`No tab with id: ${tabId}.`);
      return { ...tab };
    },
    connect(tabId: number) {
      const port: Port = {
        onMessage: event(),
        onDisconnect: event(),
        postMessage: (message) => world.hear(tabId, message),
        disconnect: () => {
          ports.set(
            tabId,
            (ports.get(tabId) ?? []).filter((other) => other !== port),
          );
        },
      };
      ports.set(tabId, [...(ports.get(tabId) ?? []), port]);
      return port;
    },
  });
  Object.assign(fakeBrowser.permissions, {
    ...permissions,
    getAll: async () => ({ origins: [...granted] }),
    contains: async ({ origins }: { origins: string[] }) => origins.every(covers),
    request: async ({ origins }: { origins: string[] }) => {
      world.grant(...origins);
      return true;
    },
    remove: async ({ origins }: { origins: string[] }) => {
      world.revoke(...origins);
      return true;
    },
  });
  Object.assign(fakeBrowser.scripting, {
    executeScript: async ({ target: { tabId }, files, func, args = [] }: Injection) => {
      if (func) return [{ frameId: 0, result: await func(...args) }];
      const file = files?.join(' ') ?? '';
      injected.push(`${tabId} ${file}`);
      const run = () => world.inject(tabId, file);
      return [{ frameId: 0, result: await (file === '/reader.js' ? readOrWait(run) : run()) }];
    },
    getRegisteredContentScripts: async () => [...scripts.values()],
    registerContentScripts: async (added: Registered[]) => {
      for (const script of added) {
        if (scripts.has(script.id)) throw new Error(`Duplicate script ID '${script.id}'`);
        scripts.set(script.id, script);
      }
    },
    updateContentScripts: async (changed: Registered[]) => {
      for (const script of changed)
        scripts.set(script.id, { ...scripts.get(script.id), ...script });
    },
    unregisterContentScripts: async ({ ids }: { ids: string[] }) => {
      for (const id of ids) {
        if (!scripts.delete(id)) throw new Error(`Nonexistent script ID '${id}'`);
      }
    },
  });
  return world;
}

interface Port {
  readonly onMessage: FakeEvent;
  readonly onDisconnect: FakeEvent;
  postMessage(message: unknown): void;
  disconnect(): void;
}
type Listener = (...told: readonly unknown[]) => void;
interface FakeEvent {
  addListener(listener: Listener): void;
  removeListener(listener: Listener): void;
  fire(...told: readonly unknown[]): void;
}

function event(): FakeEvent {
  const listeners = new Set<Listener>();
  return {
    addListener: (listener) => void listeners.add(listener),
    removeListener: (listener) => void listeners.delete(listener),
    fire: (...told) => {
      for (const listener of listeners) listener(...told);
    },
  };
}
