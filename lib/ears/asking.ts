import { browser } from '@/lib/browser';
import type { Permission } from '@/lib/ears/permission';
import { AppError } from '@/lib/errors';

/**
 * Chromium shows no question for the microphone in a side panel, so a page of ours in a tab asks
 * (`entrypoints/microphone`). What the two tell each other:
 *
 * - `granted`: the page has been allowed it; `closed`: it was closed.
 * - `taken`: the panel has its stream, so the page is needed no longer.
 */
type Note = 'granted' | 'taken' | 'closed';

/** Between the panels and the page, never farther than this browser. */
export interface Line {
  tell(note: Note): void;
  /** @returns the way to stop. */
  on(heard: (note: Note) => void): () => void;
  close(): void;
}

export function openLine(): Line {
  const channel = new BroadcastChannel('visavis-microphone');
  return {
    tell: (note) => channel.postMessage(note),
    on(heard) {
      const take = ({ data }: MessageEvent<unknown>) => {
        if (data === 'granted' || data === 'taken' || data === 'closed') heard(data);
      };
      channel.addEventListener('message', take);
      return () => channel.removeEventListener('message', take);
    },
    close: () => channel.close(),
  };
}

/** How the panel asks where the browser lets only a tab do it. */
export interface Asker {
  /** Shows the page, or the one that is open already. */
  show(): void;
  /** Shows it and resolves when the reader has allowed it. Rejects with an `AppError`. */
  ask(signal: AbortSignal): Promise<void>;
  /** The panel has its stream. */
  taken(): void;
}

export interface AskerOptions {
  readonly permission: Permission;
  readonly line: Line;
  /** Opens the page in a tab of its own, or brings it to the front. */
  readonly open: () => Promise<void>;
}

export function createAsker({ permission, line, open }: AskerOptions): Asker {
  const show = () => {
    open().catch(() => undefined);
  };
  return {
    show,
    ask(signal) {
      return new Promise((resolve, reject) => {
        const stops: (() => void)[] = [];
        const settle = (error: AppError | null) => {
          for (const stop of stops.splice(0)) stop();
          if (error) reject(error);
          else resolve();
        };
        const look = (leave: PermissionState | null) => {
          if (leave === 'granted') settle(null);
          if (leave === 'denied') settle(new AppError('microphone_denied'));
        };
        const abort = () => settle(new AppError('aborted'));
        signal.addEventListener('abort', abort, { once: true });
        stops.push(
          () => signal.removeEventListener('abort', abort),
          line.on((note) => {
            if (note === 'granted') settle(null);
            // Without an answer: nothing went wrong, and nothing is opened.
            if (note === 'closed') abort();
          }),
          permission.leave.subscribe(look),
        );
        show();
      });
    },
    taken: () => line.tell('taken'),
  };
}

/** The page in a tab of this window; one tab, however often it is asked for. */
export function showAskingPage(): () => Promise<void> {
  let known: number | undefined;
  return async () => {
    if (known !== undefined) {
      const shown = await browser.tabs.update(known, { active: true }).catch(() => null);
      if (shown) return;
    }
    known = (await browser.tabs.create({ url: '/microphone.html' })).id;
  };
}
