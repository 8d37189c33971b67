import { createHmac } from 'node:crypto';
import type { BrokeredSession } from '@/lib/broker/contract';
import type { Config } from '../config/schema';

/**
 * The operator's own STUN and TURN servers. With a shared secret each session gets a user name
 * that runs out with it and its HMAC as password, as coturn's `use-auth-secret` and others expect.
 */
export function iceServers(
  { servers }: Config['ice'],
  session: string,
  until: Date,
): BrokeredSession['ice_servers'] {
  return servers.map(({ urls, shared_secret }) => {
    if (shared_secret === undefined) return { urls: [...urls] };
    const username = `${Math.ceil(until.getTime() / 1000)}:${session}`;
    const credential = createHmac('sha1', shared_secret).update(username).digest('base64');
    return { urls: [...urls], username, credential };
  });
}
