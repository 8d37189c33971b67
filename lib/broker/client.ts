import type * as v from 'valibot';
import type { Broker, BrokeredAvatar, PlainServer } from '@/lib/broker/broker';
import { call, defaultWire, type Answer, type Wire } from '@/lib/broker/call';
import * as contract from '@/lib/broker/contract';
import { dropNote, dropNoteOf, readNote, writeNote, type BrokerGrant } from '@/lib/broker/grants';
import { ask } from '@/lib/broker/line';
import { plainExpiry, plainWish } from '@/lib/broker/plain';
import { refuse } from '@/lib/broker/refusal';
import { fail, Troubled } from '@/lib/broker/trouble';

/** A broker as it presents itself. */
interface Discovered {
  readonly discovery: contract.Discovery;
  /** Vendors and ways to sign in it offers that this version does not know. */
  readonly skipped: readonly string[];
}

/**
 * Everything we say to a broker. The background alone uses it, with credentials nobody else
 * reads. No request has room for anything about a page. Each function throws `Troubled`.
 */
export interface BrokerClient {
  /** Asked without credentials, so that nobody learns who looked. */
  discover(address: string): Promise<Discovered>;
  /** Asked twice at once, or again after we were stopped, it is the same session. */
  grant(broker: Broker, avatar: BrokeredAvatar): Promise<BrokerGrant>;
  /** The asker has the grant: nothing of it is kept here any longer. */
  took(avatar: BrokeredAvatar): Promise<void>;
  renew(broker: Broker, session: string, fresh: boolean): Promise<contract.Renewal>;
  /** Also while the page that asks is closing. A plain server has nothing to end. */
  end(broker: Broker, session: string): Promise<void>;
  quota(broker: Broker): Promise<contract.QuotaAnswer>;
}

/** A credential in its last seconds is as good as over: it has to reach the vendor. ms. */
const margin = 20_000;
/** Brokers remember a key for minutes; after that it would open a second session anyway. ms. */
const keyLasts = 600_000;

export function createBrokerClient(wire: Wire = defaultWire): BrokerClient {
  const flights = new Map<string, Promise<BrokerGrant>>();

  async function fetchGrant(broker: Broker, avatar: BrokeredAvatar): Promise<BrokerGrant> {
    const note = await readNote(avatar);
    const known = note?.address === broker.address ? note : null;
    if (known?.grant && isGood(known.grant)) return known.grant;
    const isAlive = known && !known.grant && wire.now() - known.since < keyLasts;
    const { key, since } = isAlive ? known : { key: crypto.randomUUID(), since: wire.now() };
    await writeNote(avatar, { address: broker.address, key, since, grant: null });
    const grant = await request(broker, avatar, key).catch(async (thrown: unknown) => {
      // Where the answer got lost, the session may be there: the key brings it back next time.
      if (!(thrown instanceof Troubled) || !isLost(thrown)) await dropNote(avatar);
      throw thrown;
    });
    await writeNote(avatar, { address: broker.address, key, since, grant });
    return grant;
  }

  async function request(broker: Broker, avatar: BrokeredAvatar, key: string) {
    const grant = broker.plain
      ? await askPlain(broker, broker.plain)
      : await askSession(broker, avatar, key);
    if (!isGood(grant)) fail('credential_expired');
    return grant;
  }

  async function askSession(broker: Broker, { provider, persona }: BrokeredAvatar, key: string) {
    const answer = await ask(
      broker,
      {
        path: contract.paths.sessions,
        method: 'POST',
        headers: { [contract.headers.idempotencyKey]: key },
        body: { provider, persona } satisfies contract.SessionRequest,
        again: true,
      },
      wire,
    );
    const session = checked(contract.session, answer);
    if (session.provider !== provider) fail('off_contract', { about: 'provider' });
    const expires = Date.parse(session.credential.expires_at) - answer.ahead;
    return { kind: 'session' as const, session, expires };
  }

  async function askPlain(broker: Broker, plain: PlainServer): Promise<BrokerGrant> {
    const answer = await ask(broker, plainWish(plain.method), wire);
    const credential = checked(contract.plainAnswers[plain.provider], answer);
    const expires = plainExpiry(credential, wire.now(), answer.ahead);
    return { kind: 'plain', provider: plain.provider, answer: credential, expires };
  }

  const isGood = (grant: BrokerGrant) => grant.expires - margin > wire.now();

  const client: BrokerClient = {
    async discover(address) {
      const answer = await call({ url: `${address}${contract.paths.discovery}` }, wire);
      if (answer.status !== 200) return refuse(answer, wire.now());
      const reading = contract.readDiscovery(answer.body, contract.contractVersion);
      if (reading.ok) return { discovery: reading.value, skipped: reading.skipped };
      if ('versions' in reading) {
        return fail('version_unsupported', { about: reading.versions.join(', ') });
      }
      return fail('off_contract', { about: reading.at || reading.problem });
    },
    async grant(broker, avatar) {
      const name = `${broker.address} ${avatar.provider} ${avatar.persona}`;
      const flight =
        flights.get(name) ?? fetchGrant(broker, avatar).finally(() => flights.delete(name));
      flights.set(name, flight);
      return flight;
    },
    took: dropNote,
    async renew(broker, session, fresh) {
      const path = contract.sessionPath('renew', session);
      const body: contract.RenewRequest = fresh ? { credential: 'fresh' } : {};
      const answer = await ask(broker, { path, method: 'POST', body, again: true }, wire);
      return checked(contract.renewal, answer);
    },
    async end(broker, session) {
      await dropNoteOf(session);
      if (broker.plain) return;
      const path = contract.sessionPath('end', session);
      await ask(broker, { path, method: 'POST', keepalive: true, again: true }, wire);
    },
    async quota(broker) {
      const answer = await ask(broker, { path: contract.paths.quota, again: true }, wire);
      return checked(contract.quotaAnswer, answer);
    },
  };
  return client;
}

/** Behind this door an answer's type can be believed. */
function checked<S extends v.GenericSchema>(schema: S, { body, status, trace }: Answer) {
  const reading = contract.read(schema, body);
  if (reading.ok) return reading.value;
  const about = reading.at || reading.problem;
  return fail('off_contract', { about, status, ...(trace !== null && { trace }) });
}

/** Nobody can tell whether the broker heard us. */
function isLost({ trouble }: Troubled): boolean {
  return ['unreachable', 'timeout', 'in_progress', 'server_error'].includes(trouble.code);
}
