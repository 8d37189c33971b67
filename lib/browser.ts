import polyfill from 'webextension-polyfill';
import type { Browser } from 'wxt/browser';

/**
 * The one door to the extension's APIs for the background and the extension's pages.
 * The polyfill is what gives Chromium before 148 a `browser`; the content script does
 * without it, since it would make it four times as large.
 */
type Chromium = Omit<typeof Browser, 'sidePanel'> & {
  /** Absent in Firefox, and in Chromiums that draw no side panel (Arc). */
  readonly sidePanel?: typeof Browser.sidePanel;
};
interface Firefox {
  /** Absent in Chromium. */
  readonly sidebarAction?: {
    open(): Promise<void>;
    isOpen(details: { windowId?: number }): Promise<boolean>;
  };
  readonly commands: {
    /** From Firefox 137; absent in Chromium. */
    openShortcutSettings?(): Promise<void>;
  };
}

// The polyfill's own types know neither `sidePanel` nor newer members; the objects are the browser's own.
export const browser = polyfill as unknown as Chromium & Firefox;
