import { isOurPage } from '@/lib/broker/sender';
import { browser } from '@/lib/browser';
import { realTiming, type Timing } from '@/lib/session/timing';

/**
 * A port from a panel that has a session to the background. Of what a closing panel sends or
 * stores nothing arrives (Chromium 156, Firefox 153), but its port ends with it, whatever ended
 * it, and the background is told.
 */
const name = 'session';

/** Before a port that did not hold is tried again, and how long one has to hold, ms. */
const pause = 500;

/** The panel's part, as long as it has a session. @returns the way to stop */
export function holdLifeline(timing: Timing = realTiming): () => void {
  let port: ReturnType<typeof browser.runtime.connect> | null = null;
  let callOff = () => {};
  const connect = () => {
    const since = performance.now();
    port = browser.runtime.connect({ name });
    // A background that idles is stopped, port or not; connecting starts it again. At once: while
    // there is no port, nobody would notice our end.
    port.onDisconnect.addListener(() => {
      callOff = timing.after(performance.now() - since > pause ? 0 : pause, connect);
    });
  };
  connect();
  return () => {
    callOff();
    port?.disconnect();
  };
}

/** The background's part. To be called as it starts, before anything is awaited. */
export function onLifelineEnd(ended: () => void): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== name || !isOurPage(port.sender ?? {})) return;
    port.onDisconnect.addListener(ended);
  });
}
