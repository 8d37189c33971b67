import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { isPassing, type Outcome } from '@/lib/broker/trouble';
import { browser } from '@/lib/browser';
import { isSessionHeld, isSessionKept } from '@/lib/panel/lock';

/**
 * Which of the service's sessions a panel has, and which it let go of. A closing panel cannot wait
 * for an answer, and a message it sends is lost where the background has to be started first; what
 * it writes here is not, and wakes the background.
 */
const schema = v.picklist(['held', 'over']);
const prefix = 'brokerHeld:';
// On the disk, since a browser that was killed leaves sessions running as well. It is a name, not a
// key: only whoever may ask the service anyway can do anything with it.
const keyOf = (session: string) => `local:${prefix}${session}` as const;

/** The panel has this session. */
export async function holdSession(session: string): Promise<void> {
  await storage.setItem(keyOf(session), 'held');
}

/** Nobody needs it any more. Sent on its way before it returns, so that it may be the last word. */
export function dropSession(session: string): void {
  void storage.setItem(keyOf(session), 'over').catch(() => undefined);
}

/** It has been ended, or nobody knows it any more; whoever could not be reached is asked again. */
export async function settleEnd(session: string, outcome: Outcome<null>): Promise<void> {
  if (outcome.ok || !isPassing(outcome.trouble.code)) await storage.removeItem(keyOf(session));
  else await storage.setItem(keyOf(session), 'over');
}

/** Those a panel had that is no more: it was killed, or its browser was. */
export async function heldSessions(): Promise<readonly string[]> {
  return Object.keys(await noted()).map((key) => key.slice(prefix.length));
}

/**
 * The background's part: ends what was let go of, whenever it was, and what a panel still had that
 * was killed. To be called as it starts, before anything is awaited.
 *
 * @param hasPanel - whether any panel has a session now.
 */
export function endDropped(
  end: (session: string) => Promise<Outcome<null>>,
  hasPanel: () => Promise<boolean> = isSessionKept,
): void {
  const ending = new Set<string>();
  const settle = async () => {
    for (const [key, state] of Object.entries(await noted())) {
      const session = key.slice(prefix.length);
      if (state !== 'over' || ending.has(session)) continue;
      ending.add(session);
      void end(session)
        // Where it cannot be ended for good, the service ends it itself, as it is not renewed.
        .then((outcome) => settleEnd(session, outcome))
        // The browser is shutting down: what is still noted then is ended at its next start.
        .catch(() => undefined)
        .finally(() => ending.delete(session));
    }
  };
  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== 'local') return;
    if (Object.keys(changes).some((key) => key.startsWith(prefix))) void settle();
  });
  void settle();
  void endLeftOvers(hasPanel);
}

/** Noted as held, and nobody is there who could hold it. In this order: a new one is noted last. */
export async function endLeftOvers(
  hasPanel: () => Promise<boolean> = isSessionHeld,
): Promise<void> {
  const sessions = await heldSessions();
  if (sessions.length === 0 || (await hasPanel())) return;
  for (const session of sessions) dropSession(session);
}

/** Ends what a panel had that is no more and could not say so. */
export async function endOrphans(end: (session: string) => Promise<Outcome<null>>): Promise<void> {
  await Promise.all(
    (await heldSessions()).map(async (session) => {
      await settleEnd(session, await end(session)).catch(() => undefined);
    }),
  );
}

async function noted(): Promise<Readonly<Record<string, 'held' | 'over'>>> {
  // A browser that is shutting down answers no more; the next start finds what is noted.
  const stored = await storage.snapshot('local').catch(() => ({}));
  const all = Object.entries(stored);
  return Object.fromEntries(
    all.flatMap(([key, value]) => {
      const state = v.safeParse(schema, value);
      return key.startsWith(prefix) && state.success ? [[key, state.output]] : [];
    }),
  );
}
