import type { PortName } from '@/lib/messages';

/** One end of a port, in the page. */
export interface Port<In, Out> {
  readonly name: string;
  readonly onMessage: { addListener(told: (message: In) => void): void };
  readonly onDisconnect: { addListener(gone: () => void): void };
  postMessage(message: Out): void;
  disconnect(): void;
}

interface Extension<In, Out> {
  readonly runtime: {
    readonly onConnect: {
      addListener(connected: (port: Port<In, Out>) => void): void;
      removeListener(connected: (port: Port<In, Out>) => void): void;
    };
  };
}

/** The browser's own API, without polyfill: `browser` in Firefox, `chrome` everywhere else. */
declare const browser: Extension<never, unknown> | undefined;
declare const chrome: Extension<never, unknown>;

/**
 * Sleeps until a panel calls by this name, then serves it; `serve` returns how to stop serving.
 * Injected again, by a panel opened again or an extension loaded again, it replaces the script
 * that was there before.
 */
export function answerPanels<In, Out>(
  name: PortName,
  serve: (port: Port<In, Out>) => () => void,
): void {
  const mark = Symbol.for(`visavis.${name}`);
  const retireEarlier: unknown = Reflect.get(globalThis, mark);
  if (typeof retireEarlier === 'function') retireEarlier();

  const { onConnect } = (typeof browser === 'undefined' ? chrome : browser)
    .runtime as unknown as Extension<In, Out>['runtime'];
  const serving = new Set<() => void>();
  const connected = (port: Port<In, Out>) => {
    if (port.name !== name) return;
    const stop = serve(port);
    const end = () => {
      serving.delete(end);
      stop();
    };
    serving.add(end);
    port.onDisconnect.addListener(end);
  };
  onConnect.addListener(connected);
  Reflect.set(globalThis, mark, () => {
    for (const end of serving) end();
    onConnect.removeListener(connected);
  });
}
