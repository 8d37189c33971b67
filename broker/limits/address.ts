import { isIPv6 } from 'node:net';

/**
 * Who a connection counts for: an IPv4 address, or the first 64 bits of an IPv6 one, of which a
 * single household has 2^64.
 *
 * @param peer - the other end of the socket.
 * @param forwarded - the `X-Forwarded-For` header.
 * @param proxies - how many proxies of the operator's own stand in front. Each adds one entry at
 * the right; what stands further left may be anybody's invention.
 */
export function addressOf(
  peer: string | undefined,
  forwarded: string | null | undefined,
  proxies: number,
): string {
  const believed = proxies > 0 && forwarded ? added(forwarded, proxies) : undefined;
  const address = believed || peer || 'unknown';
  return /^[\d.]+$/u.test(address) ? address : grouped(withoutPort(address));
}

function added(forwarded: string, proxies: number): string | undefined {
  const named = forwarded.split(',').map((entry) => entry.trim());
  return named.at(-Math.min(proxies, named.length));
}

function grouped(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/iu.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? network(address) : address;
}

/** Some proxies write the port as well, which would make every connection somebody new. */
function withoutPort(address: string): string {
  return address
    .replace(/^(\d{1,3}(?:\.\d{1,3}){3}):\d+$/u, '$1')
    .replace(/^\[(.*)\](?::\d+)?$/u, '$1');
}

function network(address: string): string {
  const [head = '', tail = ''] = address.replace(/%.*$/u, '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? 8 - left.length - right.length : 0;
  const groups = [...left, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/u, ''))
    .join(':')}::/64`;
}
