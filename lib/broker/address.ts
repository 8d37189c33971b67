import { fail, type TroubleCode } from '@/lib/broker/trouble';

/**
 * A broker's address as it was pasted, made plain: scheme, host, port and path, without a slash at
 * the end. A path of the contract's own is taken off, since people paste what they were sent.
 *
 * @throws Troubled `address_invalid`, `address_http`, `address_credentials`
 */
export function readAddress(written: string): string {
  const url = parse(written);
  if (url.search !== '' || url.hash !== '') fail('address_invalid');
  return written === ''
    ? fail('address_invalid')
    : `${url.origin}${url.pathname}`
        .replace(/\/\.well-known\/avatar-broker\/?$/u, '')
        .replace(/\/+$/u, '');
}

/** As `readAddress` for a plain token server, which may need its query. */
export function readEndpoint(written: string): string {
  const url = parse(written);
  url.hash = '';
  return url.href;
}

/** This very machine: the only place where `http:` and no sign-in are good enough. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|(?:[\w-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[::1\])$/iu.test(hostname);
}

/** A host of a home or an office, which Chromium guards from 142 on (Local Network Access). */
export function isLocalNetwork(hostname: string): boolean {
  return (
    /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)/u.test(hostname) ||
    /^\[(?:fe[89ab]|f[cd])/iu.test(hostname) ||
    hostname.endsWith('.local') ||
    !/[.:]/u.test(hostname)
  );
}

/**
 * The pattern that asks for this origin and no other. Firefox knows no port in a pattern, so there
 * it covers every port of the host.
 */
export function hostPattern(address: string, knowsPorts: boolean): string {
  const { protocol, hostname, host } = new URL(address);
  return `${protocol}//${knowsPorts ? host : hostname}/*`;
}

function parse(written: string): URL {
  const trimmed = written.trim();
  const url = toUrl(/^[a-z][a-z\d+.-]*:\/\//iu.test(trimmed) ? trimmed : guess(trimmed));
  if (url === null || url.hostname === '') return fail('address_invalid');
  if (url.username !== '' || url.password !== '') return fail('address_credentials');
  const why = refusal(url);
  return why === null ? url : fail(why, { about: url.host });
}

function refusal({ protocol, hostname }: URL): TroubleCode | null {
  if (protocol === 'https:') return null;
  if (protocol !== 'http:') return 'address_invalid';
  return isLoopback(hostname) ? null : 'address_http';
}

/** Without a scheme: `http:` on this machine, `https:` everywhere else. */
function guess(written: string): string {
  const host = toUrl(`https://${written}`)?.hostname ?? '';
  return `${isLoopback(host) ? 'http' : 'https'}://${written}`;
}

function toUrl(written: string): URL | null {
  try {
    return new URL(written);
  } catch {
    return null;
  }
}
