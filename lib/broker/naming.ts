import type { Broker } from '@/lib/broker/broker';
import { forgetSecrets } from '@/lib/broker/credentials';
import { dropAllNotes } from '@/lib/broker/grants';
import { forgetRest } from '@/lib/broker/line';
import * as settings from '@/lib/settings';

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
