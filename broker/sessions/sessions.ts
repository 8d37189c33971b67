import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type {
  ActiveSession,
  BrokeredSession,
  Quota,
  QuotaAnswer,
  Renewal,
  RenewRequest,
  SessionRequest,
} from '@/lib/broker/contract';
import type { Caller } from '../callers';
import type { Config } from '../config/schema';
import { Problem } from '../problem';
import type { Stores } from '../stores';
import type { Vendor } from '../vendors/vendor';
import { iceServers } from './ice';
import { nextDay, type Account, type LiveSession } from './ledger';
import { once } from './replays';

/** The life of sessions: opened once, renewed while in use, ended by whoever is first. */
export interface Sessions {
  /** Resolves to the JSON of a `BrokeredSession`. */
  open(asked: Asked): Promise<string>;
  renew(caller: Caller, session: string, request: RenewRequest, trace: string): Promise<Renewal>;
  /** Does nothing where there is nothing to end, or it is somebody else's. */
  end(caller: Caller, session: string): Promise<void>;
  quota(caller: Caller, trace: string): Promise<QuotaAnswer>;
  /** Ends what nobody renewed. Resolves to how many that were. */
  sweep(): Promise<number>;
}

interface Asked {
  readonly caller: Caller;
  readonly request: SessionRequest;
  readonly idempotencyKey: string;
  readonly trace: string;
}

export interface SessionsOptions {
  readonly config: Config;
  readonly stores: Pick<Stores, 'ledger' | 'replays' | 'seal'>;
  readonly vendors: readonly Vendor[];
  readonly clock: () => number;
  /** Told what a caller must not know: a vendor that would not end a session. */
  readonly troubled: (what: string, error: unknown) => void;
}

export function createSessions(options: SessionsOptions): Sessions {
  const { config, stores, vendors, clock, troubled } = options;
  const { ledger, replays, seal } = stores;
  const { idle_seconds } = config.limits;
  const lease = idle_seconds * 1000;
  const longest = config.limits.session_minutes * 60_000;

  const vendorOf = (provider: string): Vendor => {
    const vendor = vendors.find(({ offer }) => offer.provider === provider);
    if (!vendor)
      throw new Problem('persona_not_found', `This broker does not offer "${provider}".`);
    return vendor;
  };

  const choose = ({ provider, persona }: SessionRequest, caller: Caller) => {
    const vendor = vendorOf(provider);
    if (caller.providers !== null && !caller.providers.includes(vendor.offer.provider)) {
      throw new Problem('not_entitled', 'Your access does not include this kind of avatar.');
    }
    const [first] = vendor.offer.personas;
    const chosen =
      persona === undefined ? first : vendor.offer.personas.find(({ id }) => id === persona);
    if (!chosen) {
      throw new Problem('persona_not_found', `There is no avatar called "${persona ?? ''}" here.`);
    }
    return { vendor, persona: chosen.id };
  };

  const open = async ({ caller, request, trace }: Asked): Promise<BrokeredSession> => {
    const { vendor, persona } = choose(request, caller);
    const session = randomUUID();
    const now = clock();
    const endsAt = now + longest;
    const opened = await ledger.open({
      session,
      now,
      endsAt,
      lease,
      persona,
      caller: caller.id,
      provider: vendor.offer.provider,
      liveLimit: caller.liveLimit,
      dayLimit: caller.dayLimit,
    });
    if (opened.outcome === 'full') throw await full(caller, now);
    if (opened.outcome === 'spent') throw spent(now);
    const until = new Date(endsAt);
    try {
      const { grant, reference } = await vendor.open(persona, {
        now: new Date(now),
        endsAt: until,
      });
      const sealed = reference === null ? null : seal.close(reference);
      const credentialUntil = Date.parse(grant.credential.expires_at);
      await ledger.note(session, { credentialUntil, reference: sealed });
      return {
        session,
        persona,
        ice_servers: iceServers(config.ice, session, until),
        force_relay: config.ice.force_relay,
        limits: limitsOf(endsAt, opened.renewBy),
        quota: quotaOf(caller, opened.used, opened.live, now),
        trace,
        ...grant,
      };
    } catch (error) {
      await ledger.close(session, now);
      throw error;
    }
  };

  const full = async (caller: Caller, now: number): Promise<Problem> => {
    const { live } = await ledger.account(caller.id, now);
    return new Problem(
      'concurrency_limit',
      caller.liveLimit === 1
        ? 'You have a live session elsewhere. End it to start one here.'
        : `You have ${caller.liveLimit} live sessions, which is all you may.`,
      { active_sessions: live.map(active) },
    );
  };

  const limitsOf = (endsAt: number, renewBy: number) => ({
    ends_at: instantOf(endsAt),
    renew_by: instantOf(renewBy),
    idle_seconds,
  });

  const mine = async (caller: Caller, session: string, now: number): Promise<LiveSession> => {
    const found = await ledger.find(session, now);
    if (!found || found.caller !== caller.id) throw ended();
    return found;
  };

  const dismiss = async ({ provider, later }: LiveSession) => {
    const vendor = vendors.find(({ offer }) => offer.provider === provider);
    const reference = later?.reference ? seal.open(later.reference) : null;
    if (!vendor?.end || reference === null) return;
    await vendor.end(reference).catch((error: unknown) => {
      troubled(`${provider} did not end a session`, error);
    });
  };

  return {
    async open(asked) {
      const { answer, again } = await once(
        replays,
        seal,
        {
          caller: asked.caller.id,
          key: asked.idempotencyKey,
          asked: `${asked.request.provider} ${asked.request.persona ?? ''}`,
          trace: asked.trace,
        },
        async () => JSON.stringify(await open(asked)),
      );
      if (again) await mine(asked.caller, sessionIn(answer), clock());
      return answer;
    },
    async renew(caller, session, request, trace) {
      const now = clock();
      const found = await mine(caller, session, now);
      const renewed = await ledger.renew(session, { now, lease, dayLimit: caller.dayLimit });
      if (renewed.outcome === 'ended') throw ended();
      if (renewed.outcome === 'spent') throw spent(now);
      const vendor = vendorOf(found.provider);
      const due =
        request.credential === 'fresh' ||
        (found.later !== null && found.later.credentialUntil <= renewed.renewBy);
      const credential =
        due && vendor.renew
          ? await vendor.renew(found.persona, {
              now: new Date(now),
              endsAt: new Date(found.endsAt),
            })
          : null;
      if (credential) {
        await ledger.note(session, {
          credentialUntil: Date.parse(credential.expires_at),
          reference: found.later?.reference ?? null,
        });
      }
      return {
        session,
        credential,
        limits: limitsOf(found.endsAt, renewed.renewBy),
        quota: quotaOf(caller, renewed.used, renewed.live, now),
        trace,
      };
    },
    async end(caller, session) {
      const now = clock();
      const found = await ledger.find(session, now);
      if (found?.caller !== caller.id) return;
      const closed = await ledger.close(session, now);
      if (closed) await dismiss(closed);
    },
    async quota(caller, trace) {
      const now = clock();
      const account = await ledger.account(caller.id, now);
      return {
        quota: quotaOf(caller, account.used, account.live.length, now),
        sessions: account.live.map(active),
        trace,
      };
    },
    async sweep() {
      const lapsed = await ledger.lapsed(clock());
      await Promise.all(lapsed.map(dismiss));
      return lapsed.length;
    },
  };
}

function sessionIn(answer: string): string {
  return v.parse(v.object({ session: v.string() }), JSON.parse(answer)).session;
}

function quotaOf(caller: Caller, used: Account['used'], live: number, now: number): Quota {
  return {
    seconds_limit: caller.dayLimit === null ? null : Math.floor(caller.dayLimit / 1000),
    seconds_used: Math.ceil(used / 1000),
    resets_at: midnightOf(nextDay(now)),
    live_limit: caller.liveLimit,
    live,
  };
}

function active({ session, provider, persona, startedAt, endsAt }: LiveSession): ActiveSession {
  return {
    session,
    provider,
    persona,
    started_at: instantOf(startedAt),
    ends_at: instantOf(endsAt),
  };
}

function spent(now: number): Problem {
  const seconds = Math.ceil((nextDay(now) - now) / 1000);
  return new Problem('quota_exceeded', 'You can talk again after midnight (UTC).', {
    retry_after: seconds,
  });
}

function ended(): Problem {
  return new Problem('session_ended', 'This session has ended, or it never was yours.');
}

function instantOf(time: number): string {
  return new Date(time).toISOString();
}

let midnight = { time: 0, instant: '' };

/** It is the same all day long, and in every answer. */
function midnightOf(time: number): string {
  if (midnight.time !== time) midnight = { time, instant: instantOf(time) };
  return midnight.instant;
}
