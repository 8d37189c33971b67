import { AppError, toAppError } from '@/lib/errors';
import type { SoulMachinesGrant } from '@/lib/session/provider';
import { codeOfStatus } from '@/lib/providers/soul-machines/failures';

/** Where to connect, and with what. */
export interface Entry {
  readonly uri: string;
  readonly token: string;
}

/** What a session is found again by. Useless without the key it was opened with. */
export interface Place {
  readonly server: string;
  readonly session: string;
}

/**
 * The way in for a credential. With an API key the SDK would ask for it too, but that request can
 * not be stopped and goes on after a disconnect, says "Invalid API key" to a dead network, and
 * keeps the key in clear in `sessionStorage` for the sake of resuming. So it is asked here, over
 * the same wire, and the SDK is only ever given an address and a token.
 */
export async function entryFor(
  credential: SoulMachinesGrant['credential'],
  place: Place | null,
  signal: AbortSignal,
): Promise<Entry> {
  if (credential.kind === 'jwt') return checked(credential.url, credential.jwt);
  const server = serverOf(credential.key);
  if (place) server.searchParams.set('sessionId', place.session);
  const response = await fetch(server, {
    headers: { key: credential.key },
    cache: 'no-store',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    signal,
  }).catch((thrown: unknown) => {
    throw toAppError(thrown, 'vendor_unreachable');
  });
  if (!response.ok) throw new AppError(codeOfStatus(response.status));
  const answer: unknown = await response.json().catch((thrown: unknown) => {
    throw toAppError(thrown, 'vendor_failed');
  });
  const { url, jwt } = { url: null, jwt: null, ...(answer as object | null) };
  const entry = checked(url, jwt);
  return place ? { ...entry, uri: new URL(`/server/${place.server}`, entry.uri).href } : entry;
}

/** Given the address of no socket, the SDK would ask our own origin for another. */
function checked(uri: unknown, token: unknown): Entry {
  const good = typeof uri === 'string' && typeof token === 'string' && token !== '';
  if (!good || !/^wss?:/u.test(uri)) throw new AppError('vendor_refused');
  return { uri, token };
}

function serverOf(key: string): URL {
  try {
    const { authServer } = JSON.parse(atob(key)) as { authServer: string };
    const server = new URL(authServer);
    const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(server.hostname);
    if (server.protocol === 'https:' || (server.protocol === 'http:' && loopback)) return server;
  } catch (cause) {
    throw new AppError('vendor_refused', { cause });
  }
  // The key goes along in clear.
  throw new AppError('vendor_refused');
}

/** For `resumable`: without the key, which comes with the next grant. */
export function tokenFor({ server, session }: Place): string {
  return JSON.stringify({ server, session });
}

/** Null where it is no such token. */
export function placeOf(token: string | null): Place | null {
  if (token === null) return null;
  try {
    const { server, session } = JSON.parse(token) as Partial<Place>;
    const named = (word: unknown): word is string =>
      typeof word === 'string' && /^[\w.-]+$/u.test(word);
    return named(server) && named(session) ? { server, session } : null;
  } catch {
    return null;
  }
}
