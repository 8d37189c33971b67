import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import type { Outcome } from '@/lib/broker/trouble';
import { browser } from '@/lib/browser';

/**
 * Which of the service's sessions a panel has, and which it let go of. A closing panel cannot wait
 * for an answer, and a message it sends is lost where the background has to be started first; what
 * it writes here is not, and wakes the background.
 */
const schema = v.picklist(['held', 'over']);
const prefix = 'brokerHeld:';
const keyOf = (session: string) => `session:${prefix}${session}` as const;

/** The panel has this session. */
export async function holdSession(session: string): Promise<void> {
  await storage.setItem(keyOf(session), 'held');
}

/** Nobody needs it any more. Sent on its way before it returns, so that it may be the last word. */
export function dropSession(session: string): void {
  void storage.setItem(keyOf(session), 'over').catch(() => undefined);
}

/** It has been ended. */
export async function forgetSession(session: string): Promise<void> {
  await storage.removeItem(keyOf(session));
}

/** Those a panel had that is no more: it was killed, or its browser was. */
export async function heldSessions(): Promise<readonly string[]> {
  return Object.keys(await noted()).map((key) => key.slice(prefix.length));
}

/**
 * The background's part: ends what was let go of, whenever it was. To be called as it starts,
 * before anything is awaited.
 */
export function endDropped(end: (session: string) => Promise<Outcome<null>>): void {
  const ending = new Set<string>();
  const settle = async () => {
    for (const [key, state] of Object.entries(await noted())) {
      const session = key.slice(prefix.length);
      if (state !== 'over' || ending.has(session)) continue;
      ending.add(session);
      void end(session)
        // Where it cannot be ended, the service ends it itself, as it is not renewed.
        .then(() => forgetSession(session))
        .finally(() => ending.delete(session));
    }
  };
  browser.storage.onChanged.addListener((changes, area) => {
    if (area !== 'session') return;
    if (Object.keys(changes).some((key) => key.startsWith(prefix))) void settle();
  });
  void settle();
}

/** Ends what a panel had that is no more and could not say so. */
export async function endOrphans(end: (session: string) => Promise<Outcome<null>>): Promise<void> {
  await Promise.all(
    (await heldSessions()).map(async (session) => {
      await end(session);
      await forgetSession(session);
    }),
  );
}

async function noted(): Promise<Readonly<Record<string, 'held' | 'over'>>> {
  const all = Object.entries(await storage.snapshot('session'));
  return Object.fromEntries(
    all.flatMap(([key, value]) => {
      const state = v.safeParse(schema, value);
      return key.startsWith(prefix) && state.success ? [[key, state.output]] : [];
    }),
  );
}
