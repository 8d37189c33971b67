import { randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import { hashOf } from '@/broker/auth/keys';
import { createBroker, type Broker } from '@/broker/broker';
import { readConfig } from '@/broker/config/read';
import { createLog } from '@/broker/log';
import { shown } from '@/broker/vendors/persona';
import type { Vendor } from '@/broker/vendors/vendor';

/** A configuration as an operator would write it, but in JavaScript. */
export type Written = Record<string, unknown>;

interface Setting {
  readonly config?: Written;
  readonly environment?: Readonly<Record<string, string>>;
  readonly vendors?: readonly Vendor[];
  readonly clock?: () => number;
  /** Where the log goes; nowhere by default. */
  readonly log?: (line: string) => void;
}

export const keys = {
  alice: 'avk_alice_0123456789abcdefghijklmnopqrstuv',
  bob: 'avk_bob_0123456789abcdefghijklmnopqrstuvwx',
};

/** Two people with a key each, and nothing else. */
export const access: Written = {
  keys: [
    { name: 'alice', hashes: [hashOf(keys.alice)] },
    { name: 'bob', hashes: [hashOf(keys.bob)] },
  ],
};

export function brokerWith({ config = {}, environment = {}, log, ...rest }: Setting): Broker {
  const read = readConfig(stringify(config), 'test.yml', environment);
  const level = log ? 'debug' : 'silent';
  return createBroker(read, {
    ...rest,
    log: createLog(level, read.secrets, { write: (line: string) => log?.(line) }),
  });
}

/** A `POST` as the extension's background sends it. */
export function post(as: string | null, body?: unknown, more: Record<string, string> = {}) {
  return {
    method: 'POST',
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(as === null ? {} : { Authorization: `Bearer ${as}` }),
      ...more,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

export function opening(as: string | null, body: unknown, key: string = randomUUID()) {
  return post(as, body, { 'Idempotency-Key': key });
}

export interface FakeVendor extends Vendor {
  readonly opened: string[];
  readonly ended: string[];
  /** What it waits for before it answers. */
  gate: Promise<void>;
  /** What it throws instead of opening. */
  failure: Error | null;
}

/** A vendor whose sessions are numbered. Credentials hold for ten minutes. */
export function fakeVendor(clock: () => number = Date.now): FakeVendor {
  const until = () => new Date(clock() + 600_000).toISOString();
  const vendor: FakeVendor = {
    opened: [],
    ended: [],
    gate: Promise.resolve(),
    failure: null,
    offer: {
      provider: 'perso',
      capabilities: ['face', 'voice'],
      origins: [],
      personas: [
        shown({ id: 'ada', name: 'Ada', languages: ['en'] }),
        shown({ id: 'ben', name: 'Ben', languages: [] }),
      ],
    },
    async open(persona) {
      const number = `vendor-session-${randomUUID()}`;
      vendor.opened.push(persona);
      await vendor.gate;
      if (vendor.failure) throw vendor.failure;
      return {
        grant: {
          provider: 'perso',
          credential: {
            kind: 'perso-session',
            value: number,
            expires_at: until(),
            single_use: true,
          },
          connect: { api_server: 'https://vendor.example', intro_message: null },
        },
        reference: number,
      };
    },
    async end(reference) {
      vendor.ended.push(reference);
    },
  };
  return vendor;
}
