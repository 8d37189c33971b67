import type { View } from './view';

export interface LaunchOptions {
  /** The built extension's folder. */
  readonly extension: string;
  /**
   * `desktop` shows the browser on a screen of its own, which native menus, dialogs and shortcuts
   * of Chromium need; `window` on the person's. Default: no screen at all.
   */
  readonly show?: 'desktop' | 'window';
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Of the window, CSS px; 1280 × 800 unless told. */
  readonly size?: readonly [width: number, height: number];
}

/** A real browser with the extension in it, driven as a person would. */
export interface Driver {
  readonly name: 'chromium' | 'firefox';
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly origin: string;
  /** Opens a new tab in front. Resolves when its document is there. */
  open(url: string): Promise<View>;
  /** The same in a new window, which is in front from then on: its toolbar, its panel. */
  openWindow(url: string): Promise<View>;
  /** Clicks our button in the toolbar, on the tab in front. */
  clickToolbar(): Promise<void>;
  /** The side panel's (sidebar's) document in the window in front, once it is open. */
  panel(): Promise<View>;
  closePanel(): Promise<void>;
  /** Right-clicks the spot and chooses our item, whose words match, of the native menu. */
  chooseFromMenu(page: View, x: number, y: number, item: RegExp): Promise<void>;
  /** Presses the keys of one of our commands, as `Alt+Shift+A`. */
  pressShortcut(keys: string): Promise<void>;
  /** Answers the browser's own question for a permission, once it is asked. */
  answerPermission(answer: 'allow' | 'deny'): Promise<void>;
  /** Gives or takes the leave to use the microphone, as the browser's own settings do. */
  setMicrophone(leave: 'granted' | 'denied' | 'prompt'): Promise<void>;
  /** A page of ours that somebody else has opened, by its path; once it is there. */
  ourPage(path: string): Promise<View>;
  isOpen(path: string): Promise<boolean>;
  /** How many microphones any document of ours has open, now. */
  liveTracks(): Promise<number>;
  /** What the system's own light or dark would do, for documents opened from now on and our panel. */
  useColors(scheme: 'light' | 'dark'): Promise<void>;
  /** Ends the background, as the browser does whenever it likes. */
  killBackground(): Promise<void>;
  /** Quits and starts again with the same profile. Views of before are dead. */
  restart(): Promise<void>;
  /** As a power cut would: no page, no worker gets a last word. Starts again with the same profile. */
  kill(): Promise<void>;
  /** Closes the window in front and all that is in it; another one is in front then. */
  closeWindow(): Promise<void>;
  /** Ends all that runs of the extension, and starts it again. */
  reloadExtension(): Promise<void>;
  /** No request or socket of ours gets through, and every document of ours is told. Media go on. */
  setOffline(offline: boolean): Promise<void>;
  /** For every document of ours, and the background, it is so much later from now on, ms. */
  shiftClock(ms: number): Promise<void>;
  /** Errors that came from our code since the start, in any of its contexts. */
  errors(): Promise<readonly string[]>;
  /** @throws when there were errors nobody asked for, or a microphone is still open: they fail the test. */
  close(): Promise<void>;
}
