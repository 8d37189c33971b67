import type { BrokeredProvider } from '@/lib/broker/contract';

/**
 * Who has which session, and how much of the day's time is gone. Each verb is one step that
 * nothing can come between, however many brokers share the ledger: that is what keeps limits exact.
 *
 * Time is set aside when a session is opened or renewed and given back when it is closed, so a
 * broker that dies, or a browser that never says goodbye, costs one lease and no more.
 *
 * All times are milliseconds since 1970.
 */
export interface Ledger {
  open(opening: Opening): Soon<OpenOutcome>;
  /** Writes down what became known after opening. Nothing happens if it has ended meanwhile. */
  note(session: string, later: Later): Soon<void>;
  find(session: string, now: number): Soon<LiveSession | null>;
  renew(session: string, terms: Terms): Soon<RenewOutcome>;
  /** What was closed; null if it was closed before. */
  close(session: string, now: number): Soon<LiveSession | null>;
  /** Takes out sessions that nobody renewed. Of several brokers, each session goes to one. */
  lapsed(now: number): Soon<readonly LiveSession[]>;
  /** A caller's sessions, oldest first, and the time set aside or used on the day of `now`. */
  account(caller: string, now: number): Soon<Account>;
}

/** At once from this process's own memory, later from a server. */
export type Soon<T> = T | Promise<T>;

export interface Opening extends Terms {
  readonly session: string;
  readonly caller: string;
  readonly provider: BrokeredProvider;
  readonly persona: string;
  readonly endsAt: number;
  /** How many live sessions the caller may have, this one included. */
  readonly liveLimit: number;
}

export interface Terms {
  readonly now: number;
  /** How long the session lives without being renewed. */
  readonly lease: number;
  /** A day in UTC; null is without limit. */
  readonly dayLimit: number | null;
}

export interface LiveSession {
  readonly session: string;
  readonly caller: string;
  readonly provider: BrokeredProvider;
  readonly persona: string;
  readonly startedAt: number;
  readonly endsAt: number;
  /** Over by then unless renewed. */
  readonly renewBy: number;
  readonly later: Later | null;
}

interface Later {
  /** When the credential runs out. */
  readonly credentialUntil: number;
  /** What the vendor needs to end it, sealed. */
  readonly reference: string | null;
}

export interface Account {
  readonly used: number;
  readonly live: readonly LiveSession[];
}

export type OpenOutcome =
  | {
      readonly outcome: 'opened';
      readonly renewBy: number;
      readonly used: number;
      readonly live: number;
    }
  /** As many live sessions as allowed. */
  | { readonly outcome: 'full' }
  /** The day's time is used up. */
  | { readonly outcome: 'spent' };

export type RenewOutcome =
  | {
      readonly outcome: 'renewed';
      readonly renewBy: number;
      readonly used: number;
      readonly live: number;
    }
  | { readonly outcome: 'ended' }
  | { readonly outcome: 'spent' };

/** Shorter than this nobody has a use for a session. */
export const shortestLease = 15_000;

/** The day an instant belongs to, in UTC, counted from 1970. */
export const dayOf = (now: number): string => String(Math.floor(now / 86_400_000));

/** The next midnight. */
export const nextDay = (now: number): number => (Math.floor(now / 86_400_000) + 1) * 86_400_000;

/** Kept so long after the day, for sessions that began before midnight and end after it. */
export const daysKept = 2 * 86_400_000;
