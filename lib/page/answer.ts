import type { PortName } from '@/lib/messages';

/** A panel on the other end. */
export interface Panel<In, Out> {
  post(message: Out): void;
  onMessage(told: (message: In) => void): void;
}

interface Port<In, Out> {
  readonly name: string;
  readonly onMessage: { addListener(told: (message: In) => void): void };
  readonly onDisconnect: { addListener(gone: () => void): void };
  postMessage(message: Out): void;
}
interface Runtime<In, Out> {
  readonly onConnect: {
    addListener(connected: (port: Port<In, Out>) => void): void;
    removeListener(connected: (port: Port<In, Out>) => void): void;
  };
}

/** The browser's own API, without polyfill: `browser` in Firefox, `chrome` everywhere else. */
declare const browser: { readonly runtime: unknown } | undefined;
declare const chrome: { readonly runtime: unknown };

/**
 * Sleeps until a panel calls by this name, then serves it; `serve` returns how to stop. Injected
 * again, by a panel opened again or an extension loaded again, it takes all further calls; the
 * script before it goes on with its own panel until that hangs up.
 */
export function answerPanels<In, Out>(
  name: PortName,
  serve: (panel: Panel<In, Out>) => () => void,
): void {
  const mark = Symbol.for(`visavis.${name}`);
  const retireEarlier: unknown = Reflect.get(globalThis, mark);
  if (typeof retireEarlier === 'function') retireEarlier();

  const { runtime } = typeof browser === 'undefined' ? chrome : browser;
  const { onConnect } = runtime as Runtime<In, Out>;
  const connected = (port: Port<In, Out>) => {
    if (port.name !== name) return;
    let stop: () => void = () => undefined;
    stop = serve({
      post(message) {
        // Throws when the extension went without hanging up, as it does when it is loaded again.
        try {
          port.postMessage(message);
        } catch {
          stop();
        }
      },
      onMessage: (told) => port.onMessage.addListener(told),
    });
    port.onDisconnect.addListener(() => stop());
  };
  onConnect.addListener(connected);
  Reflect.set(globalThis, mark, () => onConnect.removeListener(connected));
}
