import { isLocalNetwork, isLoopback, readAddress } from '@/lib/broker/address';
import type { Broker } from '@/lib/broker/broker';
import type { Wire } from '@/lib/broker/call';
import type { BrokerClient } from '@/lib/broker/client';
import { mayReach } from '@/lib/broker/permission';
import {
  fail,
  stepOf,
  steps,
  Troubled,
  type Step,
  type Trouble,
  type TroubleCode,
} from '@/lib/broker/trouble';

/** One stretch of the way to an avatar. `unknown`: the way broke before it. */
export interface Check {
  readonly step: Step;
  readonly state: 'passed' | 'failed' | 'unknown';
}

export interface Examination {
  /** In the order in which a connection is made; only those that this broker needs. */
  readonly checks: readonly Check[];
  /** Null when all is well. */
  readonly trouble: Trouble | null;
}

/**
 * Goes the whole way to an avatar, once: finds the broker, asks what the reader may have, opens a
 * session and ends it at once. Names the step that broke.
 */
export async function examine(
  broker: Broker,
  client: BrokerClient,
  wire: Wire,
): Promise<Examination> {
  const trouble = await walk(broker, client).then(
    () => null,
    async (thrown: unknown) => {
      if (!(thrown instanceof Troubled)) throw thrown;
      return explain(thrown.trouble, broker.address, wire);
    },
  );
  return { checks: checksOf(broker, trouble), trouble };
}

async function walk(broker: Broker, client: BrokerClient): Promise<void> {
  if (!broker.plain) readAddress(broker.address);
  if (!(await mayReach(broker.address))) fail('permission_missing');
  if (!broker.plain) {
    await client.discover(broker.address);
    await client.quota(broker);
  }
  if (!broker.avatar) return fail('no_avatar');
  const grant = await client.grant(broker, broker.avatar);
  await client.took(broker.avatar);
  if (grant.kind === 'session') await client.end(broker, grant.session.session);
}

/**
 * Browsers say of every failed connection only that it failed. What was wrong shows in what else
 * does or does not get through. Nothing that proves who the reader is goes with these.
 */
export async function explain(trouble: Trouble, address: string, wire: Wire): Promise<Trouble> {
  if (trouble.code !== 'unreachable') return trouble;
  const { protocol, host, hostname } = new URL(address);
  const because = (code: TroubleCode): Trouble => ({ ...trouble, code });
  if (isLocal(hostname) && (await isLocalNetworkBlocked())) return because('local_network_blocked');
  const answers = async (url: string) =>
    wire
      .fetch(url, {
        mode: 'no-cors',
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.timeout(Math.min(wire.patience, 5_000)),
      })
      .then(
        () => true,
        () => false,
      );
  if (await answers(address)) return because('cors_blocked');
  if (protocol === 'https:' && (await answers(`http://${host}/`))) return because('tls_plain');
  return trouble;
}

/** Chromium's Local Network Access, from 142; other browsers do not know the name. */
async function isLocalNetworkBlocked(): Promise<boolean> {
  const names = ['loopback-network', 'local-network', 'local-network-access'];
  const states = await Promise.all(
    names.map(async (name) =>
      navigator.permissions
        .query({ name: name as PermissionName })
        .then(({ state }) => state as string)
        .catch(() => 'unknown'),
    ),
  );
  return states.includes('denied');
}

const isLocal = (hostname: string) => isLoopback(hostname) || isLocalNetwork(hostname);

function checksOf(broker: Broker, trouble: Trouble | null): Check[] {
  const broken = trouble ? steps.indexOf(stepOf[trouble.code]) : steps.length;
  const { protocol, hostname } = new URL(broker.address);
  const unneeded: Partial<Record<Step, boolean>> = {
    tls: protocol !== 'https:',
    local_network: !isLocal(hostname),
    quota: broker.plain !== null,
  };
  return steps
    .map((step, index): Check => {
      if (index === broken) return { step, state: 'failed' };
      return { step, state: index < broken ? 'passed' : 'unknown' };
    })
    .filter(({ step, state }) => state === 'failed' || unneeded[step] !== true);
}
