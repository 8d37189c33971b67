import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { isLoopback } from '@/lib/broker/address';

/**
 * A Soul Machines API key of the reader's own, for whoever has no broker. It does not expire, so
 * whoever reads it here can use it for good; that is said where it is typed. It lies beside the
 * broker's secrets, in storage that is never synchronised or exported and that no content script
 * can open.
 */
export const ownKey = {
  /** The key as the vendor wrote it, or null. */
  async get(): Promise<string | null> {
    const kept = v.safeParse(keptSchema, await storage.getItem<unknown>(keptKey));
    return kept.success && readOwnKey(kept.output).ok ? kept.output : null;
  },
  /** @param key - as `readOwnKey` gave it. */
  async set(key: string): Promise<void> {
    await storage.setItem(keptKey, key);
  },
  async remove(): Promise<void> {
    await storage.removeItem(keptKey);
  },
  /** Whether there is one now, whenever that changes. Returns the way to stop. */
  watch: (changed: (isThere: boolean) => void): (() => void) =>
    storage.watch<unknown>(keptKey, (kept) => changed(typeof kept === 'string')),
};

const longest = 16_384;
const keptSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(longest));
const keptKey = 'local:soulMachinesKey';

type OwnKeyReading =
  | {
      readonly ok: true;
      readonly key: string;
      /** Where the vendor's package asks with it: what the browser has to let us reach. */
      readonly origin: string;
    }
  /** `not_a_key`: no base64 of JSON. `no_server`: it names none. `unsafe_server`: not https. */
  | { readonly ok: false; readonly why: 'not_a_key' | 'no_server' | 'unsafe_server' };

const contents = v.looseObject({ authServer: v.pipe(v.string(), v.minLength(1)) });

/** The key is base64 of JSON, and says itself which server it is for. */
export function readOwnKey(written: string): OwnKeyReading {
  // Long keys are pasted from mails, which break them.
  const key = written.replace(/\s+/gu, '');
  if (key === '' || key.length > longest) return { ok: false, why: 'not_a_key' };
  const said = decoded(key);
  if (said === null) return { ok: false, why: 'not_a_key' };
  const named = v.safeParse(contents, said);
  if (!named.success || !URL.canParse(named.output.authServer)) {
    return { ok: false, why: 'no_server' };
  }
  const server = new URL(named.output.authServer);
  const isSafe =
    server.protocol === 'https:' || (server.protocol === 'http:' && isLoopback(server.hostname));
  // What the browser is asked for is made of the host, so no pattern may be hidden in it.
  if (!isSafe || /[*@]/u.test(server.host) || server.username !== '' || server.password !== '') {
    return { ok: false, why: 'unsafe_server' };
  }
  return { ok: true, key, origin: server.origin };
}

/** The vendor's package uses `atob` and `JSON.parse`, so nothing else is a key. */
function decoded(key: string): object | null {
  try {
    const said: unknown = JSON.parse(atob(key));
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? said : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError || thrown instanceof DOMException) return null;
    throw thrown;
  }
}
