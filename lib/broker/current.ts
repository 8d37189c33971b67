import { readAddress } from '@/lib/broker/address';
import type { Broker } from '@/lib/broker/broker';
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

const unasked: Omit<Broker, 'address'> = {
  discovery: null,
  plain: null,
  auth: { type: 'bearer' },
  avatar: null,
};
