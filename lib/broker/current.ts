import { readAddress } from '@/lib/broker/address';
import type { Broker } from '@/lib/broker/broker';
import { forgetSecrets } from '@/lib/broker/credentials';
import { dropAllNotes } from '@/lib/broker/grants';
import { forgetRest } from '@/lib/broker/line';
import { Troubled } from '@/lib/broker/trouble';
import { readPolicy, type Policy } from '@/lib/policy';
import * as settings from '@/lib/settings';

/** The broker that holds: the organisation's, where it named one, else the reader's; or none. */
export async function currentBroker(): Promise<Broker | null> {
  const [kept, policy] = await Promise.all([settings.broker.get(), readPolicy()]);
  return brokerUnder(policy, kept);
}

export function brokerUnder(policy: Policy, kept: Broker | null): Broker | null {
  const decided = decidedAddress(policy);
  if (decided === null) return kept;
  const own = kept?.address === decided ? kept : { ...unasked, address: decided };
  const method = own.discovery?.auth.find(({ type }) => type === policy.brokerAuth);
  return { ...own, auth: method ?? own.auth };
}

/** What an organisation named, made plain; null where it named none or nothing usable. */
export function decidedAddress({ brokerAddress }: Policy): string | null {
  if (brokerAddress === undefined) return null;
  try {
    return readAddress(brokerAddress);
  } catch (thrown) {
    if (thrown instanceof Troubled) return null;
    throw thrown;
  }
}

/** Keeps a broker just found; of the one before it, what is still true stays. */
export async function keepBroker(found: Broker): Promise<Broker> {
  const before = await settings.broker.get();
  const isSame = before?.address === found.address;
  if (!isSame) await forgetAll();
  const kept = isSame ? carriedOver(before, found) : found;
  await settings.broker.set(kept);
  return kept;
}

export async function removeBroker(): Promise<void> {
  await settings.broker.set(null);
  await forgetAll();
}

async function forgetAll(): Promise<void> {
  await Promise.all([forgetSecrets(), dropAllNotes(), forgetRest()]);
}

function carriedOver(before: Broker, found: Broker): Broker {
  const auth = found.discovery?.auth.find((method) => isSameJson(method, before.auth));
  const offered = found.discovery?.providers.some(
    ({ provider, personas }) =>
      provider === before.avatar?.provider &&
      personas.some(({ id }) => id === before.avatar?.persona),
  );
  return {
    ...found,
    auth: auth ?? found.auth,
    avatar: offered ? before.avatar : found.avatar,
  };
}

const isSameJson = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const unasked: Omit<Broker, 'address'> = {
  discovery: null,
  plain: null,
  auth: { type: 'bearer' },
  avatar: null,
};
