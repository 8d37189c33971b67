import { plainToken, tokenFrom } from '@/lib/avatar/token';
import type { BrokeredAvatar } from '@/lib/broker/broker';
import type { BrokeredSession, Quota, Renewal } from '@/lib/broker/contract';
import type { BrokerGrant } from '@/lib/broker/grants';
import { dropSession, endLeftOvers, heldSessions, holdSession, settleEnd } from '@/lib/broker/held';
import { holdLifeline } from '@/lib/broker/lifeline';
import { isPassing, Troubled, type Outcome } from '@/lib/broker/trouble';
import { AppError } from '@/lib/errors';
import { sendMessage } from '@/lib/messages';
import type { InworldToken } from '@/lib/session/provider';
import { signal, type ReadonlySignal } from '@preact/signals';

/** What the service allows for the session we have, by this computer's clock, ms since 1970. */
interface Allowance {
  readonly session: string;
  /** Over by then, renewed or not. */
  readonly endsAt: number;
  readonly quota: Quota;
  /** When what lets it in was handed out, and when that is over. */
  readonly granted: number;
  readonly expires: number;
}

/** The service's side of a session: asked for, renewed in time, and ended whatever happens. */
export interface Keeping {
  /** Of the session we have; null without one, or where the server knows none. */
  readonly allowance: ReadonlySignal<Allowance | null>;
  /** Rejects with `Troubled`, or `aborted`; then nothing is held. */
  open(avatar: BrokeredAvatar, signal: AbortSignal): Promise<BrokerGrant>;
  /** Another token for the session we have. Rejects with an `AppError`. */
  freshToken(): Promise<InworldToken>;
  /** Nobody calls yet: what a panel before this one left running is ended all the same. */
  tidy(): void;
  /** The session is over. */
  release(): void;
  /** Resolves when the service has been told of the last one that is over. */
  settled(): Promise<void>;
  /** The panel is closing: as `release`, without time to wait for anything. */
  abandon(): void;
}

/** How long before it is due a session is renewed, ms: a request may take 15 s, and once more. */
const ahead = 40_000;
/** Between two tries to renew, ms. */
const pause = 10_000;

/**
 * @param over - the service will not go on with the session, and why; null: its time is up.
 * @param hasPanel - whether any panel has a session now.
 */
export function createKeeping(
  over: (why: AppError | null) => void,
  hasPanel?: () => Promise<boolean>,
): Keeping {
  const allowance = signal<Allowance | null>(null);
  let held: Held | null = null;
  /** A service that allows one session allows the next once this one is ended. */
  let ending: Promise<unknown> = Promise.resolve();

  function hold(session: BrokeredSession, expires: number): void {
    const skew = Date.parse(session.credential.expires_at) - expires;
    const granted = Date.now();
    const { session: id, provider } = session;
    const offset = granted - performance.now();
    const now = () => performance.now() + offset;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    held = { session: id, provider, skew, now, granted, expires, timers, stop: holdLifeline() };
    // Not waited for: the note only matters once the panel is gone.
    void holdSession(session.session);
    allow(held, session);
  }

  function allow(mine: Held, { limits, quota }: Pick<Renewal, 'limits' | 'quota'>): void {
    const endsAt = Date.parse(limits.ends_at) - mine.skew;
    const renewBy = Date.parse(limits.renew_by) - mine.skew;
    const { session, granted, expires } = mine;
    const left = endsAt - mine.now();
    allowance.value = { session, endsAt: Date.now() + left, quota, granted, expires };
    clear(mine);
    later(mine, left, () => over(null));
    if (renewBy < endsAt) renewBefore(mine, renewBy);
  }

  function renewBefore(mine: Held, renewBy: number): void {
    const left = renewBy - mine.now();
    // A service that names a time already past must not be asked without end.
    later(mine, Math.max(left - ahead, left / 2, pause), () => void renew(mine, renewBy));
  }

  async function renew(mine: Held, renewBy: number): Promise<void> {
    try {
      const { session } = mine;
      const renewal = taken(await sendMessage('broker.renew', { session, fresh: false }));
      if (held === mine) allow(mine, renewal);
    } catch (thrown) {
      if (held !== mine) return;
      const mayPass = thrown instanceof Troubled && isPassing(thrown.trouble.code);
      if (!mayPass || mine.now() + pause > renewBy) {
        over(thrown instanceof AppError ? thrown : new AppError('broker_failed'));
      } else {
        later(mine, pause, () => void renew(mine, renewBy));
      }
    }
  }

  function letGo(): Held | null {
    const mine = held;
    held = null;
    allowance.value = null;
    if (mine) clear(mine);
    mine?.stop();
    return mine;
  }

  /** Never rejects. */
  async function end(session: string): Promise<void> {
    try {
      await settleEnd(session, await sendMessage('broker.end', { session }));
    } catch {
      // The background was stopped in between: what is noted, it ends when it runs again.
      dropSession(session);
    }
  }

  /** What a panel before us could not end: it was killed. We have the profile's only session. */
  async function endAllHeld(): Promise<void> {
    await Promise.all((await heldSessions()).map(end));
  }

  async function askFresh(avatar: BrokeredAvatar): Promise<BrokerGrant> {
    const granted = taken(await sendMessage('broker.grant', { avatar }));
    void sendMessage('broker.took', { avatar });
    return granted;
  }

  let plain: BrokeredAvatar | null = null;

  const keeping: Keeping = {
    allowance,
    async open(avatar, signal) {
      keeping.release();
      await ending;
      await endAllHeld();
      if (signal.aborted) throw new AppError('aborted');
      const granted = await askFresh(avatar);
      plain = granted.kind === 'plain' ? avatar : null;
      if (granted.kind === 'session') hold(granted.session, granted.expires);
      if (!signal.aborted) return granted;
      keeping.release();
      throw new AppError('aborted');
    },
    async freshToken() {
      if (plain) {
        const granted = await askFresh(plain);
        if (granted.kind === 'plain' && 'token' in granted.answer)
          return plainToken(granted.answer);
      }
      if (!held) throw new AppError('vendor_expired');
      const { session } = held;
      const { credential } = taken(await sendMessage('broker.renew', { session, fresh: true }));
      if (!credential) throw new AppError('vendor_expired');
      return tokenFrom(credential);
    },
    tidy() {
      void endLeftOvers(hasPanel);
    },
    release() {
      const mine = letGo();
      if (!mine) return;
      ending = end(mine.session);
    },
    async settled() {
      await ending;
    },
    abandon() {
      const mine = letGo();
      if (mine) dropSession(mine.session);
    },
  };
  return keeping;
}

interface Held {
  readonly session: string;
  readonly provider: BrokeredSession['provider'];
  /** How far the service's clock is ahead of ours, ms. */
  readonly skew: number;
  /** This computer's clock as it was set when the session was opened, whatever it says now. */
  readonly now: () => number;
  readonly granted: number;
  readonly expires: number;
  readonly timers: Set<ReturnType<typeof setTimeout>>;
  /** Lets go of the line by which the background would notice that we are gone. */
  readonly stop: () => void;
}

function later({ timers }: Held, ms: number, run: () => void): void {
  timers.add(setTimeout(run, Math.max(ms, 0)));
}

function clear({ timers }: Held): void {
  for (const timer of timers) clearTimeout(timer);
  timers.clear();
}

function taken<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Troubled(outcome.trouble);
}
