import {
  dayOf,
  shortestLease,
  type Account,
  type Ledger,
  type LiveSession,
  type OpenOutcome,
  type Opening,
  type RenewOutcome,
  type Terms,
} from './ledger';

/** `day`: where its time is charged. */
type Entry = Omit<LiveSession, 'renewBy' | 'later'> & {
  renewBy: number;
  later: LiveSession['later'];
  day: string;
};

/** For one process. Nothing is awaited inside a verb, so nothing comes between. */
export function createMemoryLedger(): Ledger {
  const sessions = new Map<string, Entry>();
  const byCaller = new Map<string, Map<string, Entry>>();
  /** By day, then by caller; at most two days. */
  const used = new Map<string, Map<string, number>>();

  const usedBy = (caller: string, day: string) => used.get(day)?.get(caller) ?? 0;
  const charge = (caller: string, day: string, time: number) => {
    let callers = used.get(day);
    if (!callers) {
      used.set(day, (callers = new Map()));
      const [oldest] = used.keys();
      if (used.size > 2 && oldest !== undefined) used.delete(oldest);
    }
    callers.set(caller, Math.max(0, (callers.get(caller) ?? 0) + time));
  };
  const remove = (entry: Entry) => {
    sessions.delete(entry.session);
    const theirs = byCaller.get(entry.caller);
    theirs?.delete(entry.session);
    if (theirs?.size === 0) byCaller.delete(entry.caller);
  };
  /** Without those that lapsed, which still wait for `lapsed` to end them with the vendor. */
  const liveOf = (caller: string, now: number) =>
    [...(byCaller.get(caller)?.values() ?? [])].filter((entry) => entry.renewBy > now);
  const countOf = (caller: string, now: number, limit: number) => {
    const theirs = byCaller.get(caller);
    if (!theirs) return 0;
    return theirs.size < limit ? theirs.size : liveOf(caller, now).length;
  };

  const open = (opening: Opening): OpenOutcome => {
    const { session, caller, provider, persona, now, endsAt, liveLimit } = opening;
    const live = countOf(caller, now, liveLimit);
    if (live >= liveLimit) return { outcome: 'full' };
    const day = dayOf(now);
    const lease = affordable(opening, usedBy(caller, day), endsAt - now);
    if (lease < shortestLease) return { outcome: 'spent' };
    const entry: Entry = {
      session,
      caller,
      provider,
      persona,
      endsAt,
      day,
      startedAt: now,
      renewBy: now + lease,
      later: null,
    };
    sessions.set(session, entry);
    let theirs = byCaller.get(caller);
    if (!theirs) byCaller.set(caller, (theirs = new Map()));
    theirs.set(session, entry);
    charge(caller, day, lease);
    return {
      outcome: 'opened',
      renewBy: entry.renewBy,
      used: usedBy(caller, day),
      live: live + 1,
    };
  };

  const renew = (session: string, terms: Terms): RenewOutcome => {
    const entry = sessions.get(session);
    if (!entry || entry.renewBy <= terms.now) return { outcome: 'ended' };
    const day = dayOf(terms.now);
    const wanted = Math.min(terms.now + terms.lease, entry.endsAt) - entry.renewBy;
    const more = Math.max(
      0,
      affordable({ ...terms, lease: wanted }, usedBy(entry.caller, day), wanted),
    );
    if (wanted > 0 && more === 0) return { outcome: 'spent' };
    charge(entry.caller, day, more);
    if (more > 0) entry.day = day;
    entry.renewBy += more;
    return {
      outcome: 'renewed',
      renewBy: entry.renewBy,
      used: usedBy(entry.caller, day),
      live: liveOf(entry.caller, terms.now).length,
    };
  };

  const close = (session: string, now: number): LiveSession | null => {
    const entry = sessions.get(session);
    if (!entry) return null;
    remove(entry);
    charge(entry.caller, entry.day, -Math.max(0, entry.renewBy - now));
    return entry;
  };

  const account = (caller: string, now: number): Account => ({
    used: usedBy(caller, dayOf(now)),
    live: liveOf(caller, now),
  });

  const note: Ledger['note'] = (session, later) => {
    const entry = sessions.get(session);
    if (entry) entry.later = later;
  };

  const find = (session: string, now: number): LiveSession | null => {
    const entry = sessions.get(session);
    return entry && entry.renewBy > now ? entry : null;
  };

  const lapsed = (now: number): readonly LiveSession[] => {
    const over = [...sessions.values()].filter((entry) => entry.renewBy <= now);
    for (const entry of over) remove(entry);
    return over;
  };

  return { open, note, find, renew, close, lapsed, account };
}

function affordable({ lease, dayLimit }: Terms, used: number, longest: number): number {
  const left = dayLimit === null ? lease : dayLimit - used;
  return Math.min(lease, left, longest);
}
