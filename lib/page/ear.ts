import type { Told } from '@/lib/messages';
import { openLine, type Line } from '@/lib/page/line';
import { toldBy } from '@/lib/page/told';

/** Listens to the watcher of one tab at a time. */
export interface Ear {
  /** Of this tab from now on; null of none. Asked again for the same tab it changes nothing. */
  listenTo(tabId: number | null): void;
  /** A tab that could not be listened to may have become one that can. */
  tryAgain(): void;
  /** Resolves when the tab listened to has spoken, or will not. */
  settled(): Promise<void>;
  /** Whether it has resolved already. */
  isSettled(): boolean;
  /** Whether the tab listened to has spoken, so that its silence means something too. */
  isHeard(): boolean;
}

export interface EarListener {
  readonly told: (told: Told) => void;
  /** The page that spoke is gone, and what it told with it. */
  readonly lost: () => void;
  /** The browser would not let us into the tab, for now or for good. */
  readonly refused: (tabId: number) => void;
}

/** How long a question waits for a page that does not answer, in milliseconds. */
const patience = 1_000;

interface Call {
  readonly tabId: number;
  readonly spoken: Promise<void>;
  line: Line | null;
  isSettled: boolean;
  isHeard: boolean;
  isOver: boolean;
}

export function createEar({ told, lost, refused }: EarListener): Ear {
  let call: Call | null = null;
  let givenUp: number | null = null;

  function start(tabId: number): Call {
    let settle: () => void = () => undefined;
    const spoken = new Promise<void>((resolve) => {
      settle = () => {
        started.isSettled = true;
        resolve();
      };
    });
    const started: Call = {
      tabId,
      spoken,
      line: null,
      isSettled: false,
      isHeard: false,
      isOver: false,
    };
    setTimeout(settle, patience);
    const end = () => {
      settle();
      if (started.isOver) return false;
      started.isOver = true;
      // What was never heard would not be heard by calling again; that takes a change in the tab.
      if (!started.isHeard) givenUp = tabId;
      call = null;
      return true;
    };
    openLine(tabId, 'page', {
      message: (message) => {
        const parsed = toldBy(message);
        if (parsed === null || started.isOver) return;
        started.isHeard = true;
        settle();
        told(parsed);
      },
      closed: () => {
        if (end()) lost();
      },
    }).then(
      (line) => {
        if (started.isOver) line.close();
        else started.line = line;
      },
      () => {
        if (end()) refused(tabId);
      },
    );
    return started;
  }

  return {
    listenTo(tabId) {
      if (call?.tabId === tabId) return;
      if (call) {
        call.isOver = true;
        call.line?.close();
      }
      call = tabId === null || tabId === givenUp ? null : start(tabId);
    },
    tryAgain() {
      givenUp = null;
    },
    settled: async () => call?.spoken,
    isSettled: () => call?.isSettled ?? true,
    isHeard: () => call?.isHeard ?? false,
  };
}
