import { browser } from '@/lib/browser';
import type { PortName, Show } from '@/lib/messages';

/** A port from the panel to one of our scripts in every frame of a tab. */
export interface Line {
  /** How many frames the script was injected into. */
  readonly frames: number;
  post(message: Show): void;
  /** Hangs up; `closed` is not called. */
  close(): void;
}

export interface LineListener {
  /** Not parsed yet: whatever a frame posted. */
  readonly message: (message: unknown) => void;
  /** No frame listens any more: the tab was closed or shows another page. */
  readonly closed: () => void;
}

/**
 * Injects the script and calls it. Always injects, since a page may have come before us or have
 * got new frames; the script replaces itself. Rejects where the browser does not let us in.
 */
export async function openLine(
  tabId: number,
  name: PortName,
  { message, closed }: LineListener,
): Promise<Line> {
  const injected = await browser.scripting.executeScript({
    target: { tabId, allFrames: true },
    files: [`/${name}.js`],
  });
  const port = browser.tabs.connect(tabId, { name });
  port.onMessage.addListener((posted: unknown) => message(posted));
  port.onDisconnect.addListener(() => {
    // Asking for the reason is what keeps Chromium from logging it as unchecked.
    void browser.runtime.lastError;
    closed();
  });
  return {
    frames: injected.length,
    post: (posted) => port.postMessage(posted),
    close: () => port.disconnect(),
  };
}
