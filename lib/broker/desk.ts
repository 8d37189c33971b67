import { readAddress, readEndpoint } from '@/lib/broker/address';
import { onlyPersona, type Broker } from '@/lib/broker/broker';
import { defaultWire, type Wire } from '@/lib/broker/call';
import { createBrokerClient } from '@/lib/broker/client';
import type { AuthMethod, Discovery } from '@/lib/broker/contract';
import { currentBroker, decidedAddress } from '@/lib/broker/current';
import { keepBroker, removeBroker } from '@/lib/broker/naming';
import { accessFor, forgetSecrets, keepSecret, secretFor } from '@/lib/broker/credentials';
import { examine, explain } from '@/lib/broker/doctor';
import { dropAllNotes } from '@/lib/broker/grants';
import { forgetRest } from '@/lib/broker/line';
import { beginSignIn, finishSignIn, revoke } from '@/lib/broker/oidc';
import { ownKey } from '@/lib/broker/own-key';
import { detectPlain } from '@/lib/broker/plain';
import { reportOf, secretsIn } from '@/lib/broker/report';
import { fail, Troubled } from '@/lib/broker/trouble';
import { browser } from '@/lib/browser';
import type { BrokerMessages } from '@/lib/messages';
import { isAllowed, isLocked, readPolicy } from '@/lib/policy';

export type Desk = {
  readonly [Name in keyof BrokerMessages]: (
    asked: Parameters<BrokerMessages[Name]>[0],
  ) => Promise<Answered<ReturnType<BrokerMessages[Name]>>>;
};
type Answered<T> = Extract<T, { readonly ok: true; readonly value: unknown }>['value'];

/** What the background answers about the broker. Each throws `Troubled`. */
export function createDesk(wire: Wire = defaultWire): Desk {
  const client = createBrokerClient(wire);

  async function ours(): Promise<Broker> {
    return (await currentBroker()) ?? fail('unset');
  }

  /** Nobody but the organisation may lead us elsewhere. */
  async function isFree(address: string): Promise<void> {
    const policy = await readPolicy();
    const decided = decidedAddress(policy);
    if (isLocked(policy, 'broker') && decided !== address) fail('address_locked');
  }

  return {
    'broker.discover': async ({ address: written }) => {
      const address = readAddress(written);
      await isFree(address);
      const { discovery, skipped } = await client.discover(address).catch(explained(address, wire));
      const policy = await readPolicy();
      const broker = await keepBroker(await presented(address, discovery));
      await Promise.all([dropAllNotes(), forgetRest()]);
      const forbidden = discovery.providers.filter(({ provider }) => !isAllowed(policy, provider));
      return { broker, skipped: [...skipped, ...forbidden.map(({ provider }) => provider)] };
    },
    'broker.plain': async ({ address: written, method, auth, secret }) => {
      const address = readEndpoint(written);
      await isFree(address);
      const asked: Broker = { address, discovery: null, plain: null, auth, avatar: null };
      const plain = await detectPlain(asked, method, secret, wire).catch(explained(address, wire));
      const { provider } = plain;
      const broker = { ...asked, plain, avatar: { provider, persona: onlyPersona } };
      await keepBroker(broker);
      if (secret) await keepSecret(address, secret);
      return broker;
    },
    'broker.credential': async ({ secret }) => {
      const { address } = await ours();
      await keepSecret(address, secret);
      await forgetRest();
      return null;
    },
    'broker.account': async () => {
      const broker = await currentBroker();
      const secret = broker && (await secretFor(broker.address));
      return secret && { type: secret.type, name: nameOf(secret) };
    },
    'broker.signIn': async ({ redirect }) => {
      const { address, auth } = await ours();
      if (auth.type !== 'oidc') return fail('sign_in_failed');
      return beginSignIn(address, auth, redirect, wire);
    },
    'broker.signedIn': async ({ landed }) => {
      await finishSignIn(landed, wire);
      await forgetRest();
      return null;
    },
    'broker.signOut': async () => {
      const { address, auth } = await ours();
      if (auth.type === 'oidc') await revoke(address, auth, wire);
      await Promise.all([forgetSecrets(), dropAllNotes(), forgetRest()]);
      return null;
    },
    'broker.test': async () => {
      const broker = await ours();
      const examination = await examine(broker, client, wire);
      const access = await accessFor(broker.address, wire.now());
      const report = reportOf(broker, examination, {
        version: browser.runtime.getManifest().version,
        browser: navigator.userAgent,
        origin: new URL(browser.runtime.getURL('/')).origin,
        now: new Date(wire.now()),
        secrets: [
          ...secretsIn(await secretFor(broker.address)),
          access ?? '',
          (await ownKey.get()) ?? '',
        ],
      });
      return { ...examination, report };
    },
    'broker.remove': async () => {
      if (isLocked(await readPolicy(), 'broker')) fail('address_locked');
      await removeBroker();
      return null;
    },
    'broker.grant': async ({ avatar }) => {
      const [policy, broker] = await Promise.all([readPolicy(), ours()]);
      if (!isAllowed(policy, avatar.provider)) fail('provider_forbidden');
      return client.grant(broker, avatar);
    },
    'broker.took': async ({ avatar }) => {
      await client.took(avatar);
      return null;
    },
    'broker.renew': async ({ session, fresh }) => client.renew(await ours(), session, fresh),
    'broker.end': async ({ session }) => {
      await client.end(await ours(), session);
      return null;
    },
    'broker.quota': async () => client.quota(await ours()),
  };
}

/** A broker just found: with the way to sign in it prefers, and its avatar if it has but one. */
async function presented(address: string, discovery: Discovery): Promise<Broker> {
  const policy = await readPolicy();
  const providers = discovery.providers.filter(({ provider }) => isAllowed(policy, provider));
  const all = providers.flatMap(({ provider, personas }) =>
    personas.map(({ id }) => ({ provider, persona: id })),
  );
  const auth: AuthMethod =
    discovery.auth.find(({ type }) => type === policy.brokerAuth) ??
    discovery.auth[0] ??
    fail('off_contract', { about: 'auth' });
  const [only = null] = all.length === 1 ? all : [];
  return { address, discovery: { ...discovery, providers }, plain: null, auth, avatar: only };
}

function explained(address: string, wire: Wire) {
  return async (thrown: unknown): Promise<never> => {
    if (!(thrown instanceof Troubled)) throw thrown;
    throw new Troubled(await explain(thrown.trouble, address, wire), { cause: thrown });
  };
}

function nameOf(secret: NonNullable<Awaited<ReturnType<typeof secretFor>>>): string | null {
  if (secret.type === 'oidc') return secret.account;
  return secret.type === 'basic' ? secret.user : null;
}
