import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { browser } from '@/lib/browser';
import type { AuthMethod } from '@/lib/broker/contract';
import { fail } from '@/lib/broker/trouble';

/**
 * What proves to a broker who the reader is. It lies in this browser's own storage, never in one
 * that is synchronised or exported, and only the background reads it.
 */
const secretSchema = v.variant('type', [
  v.object({ type: v.literal('bearer'), key: v.string() }),
  v.object({ type: v.literal('header'), key: v.string() }),
  v.object({ type: v.literal('basic'), user: v.string(), key: v.string() }),
  v.object({
    type: v.literal('oidc'),
    issuer: v.string(),
    /** Null where the issuer gives none: then the session lasts as long as its access token. */
    refresh: v.nullable(v.string()),
    /** Who signed in, for a person to recognise. */
    account: v.nullable(v.string()),
  }),
]);
export type Secret = v.InferOutput<typeof secretSchema>;

const keptSchema = v.object({
  /** The broker it is for. To any other it is never sent. */
  address: v.string(),
  secret: secretSchema,
});

const accessSchema = v.object({
  address: v.string(),
  token: v.string(),
  /** ms since 1970 by this computer's clock. */
  expires: v.number(),
});

const keptKey = 'local:brokerSecret';
/** Access tokens last minutes: they never touch the disk. */
const accessKey = 'session:brokerAccess';

/**
 * Content scripts run inside somebody else's page: from now on the browser keeps them away from
 * all we store. Chromium's alone; Firefox has no such switch, and our scripts there hold no
 * storage code at all.
 */
export async function shutStorage(): Promise<void> {
  const local: Partial<Pick<typeof browser.storage.local, 'setAccessLevel'>> =
    browser.storage.local;
  await local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}

export async function secretFor(address: string): Promise<Secret | null> {
  const kept = v.safeParse(keptSchema, await storage.getItem<unknown>(keptKey));
  return kept.success && kept.output.address === address ? kept.output.secret : null;
}

export async function keepSecret(address: string, secret: Secret): Promise<void> {
  await storage.setItem(keptKey, { address, secret });
  await storage.removeItem(accessKey);
}

export async function forgetSecrets(): Promise<void> {
  await storage.removeItems([keptKey, accessKey]);
}

export async function accessFor(address: string, now: number): Promise<string | null> {
  const kept = v.safeParse(accessSchema, await storage.getItem<unknown>(accessKey));
  if (!kept.success || kept.output.address !== address) return null;
  return kept.output.expires > now ? kept.output.token : null;
}

export async function keepAccess(address: string, token: string, expires: number): Promise<void> {
  await storage.setItem(accessKey, { address, token, expires });
}

/** It was refused, whatever it says of its own end. */
export async function forgetAccess(): Promise<void> {
  await storage.removeItem(accessKey);
}

/**
 * The headers that prove it, for every way but OIDC, which needs to ask its issuer.
 *
 * @throws Troubled `auth_missing`
 */
export function proofOf(
  method: Exclude<AuthMethod, { type: 'oidc' }>,
  secret: Secret | null,
): Record<string, string> {
  if (method.type === 'none') return {};
  if (secret?.type !== method.type) return fail('auth_missing');
  if (secret.type === 'basic') {
    return { Authorization: `Basic ${base64(`${secret.user}:${secret.key}`)}` };
  }
  if (method.type === 'header') return { [method.name]: secret.key };
  return { Authorization: `Bearer ${secret.key}` };
}

/** Of its UTF-8 bytes (RFC 7617), which `btoa` alone cannot. */
function base64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)));
}
