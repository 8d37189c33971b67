import {
  contractVersion,
  discovery as document,
  read,
  type AuthMethod,
  type Discovery,
} from '@/lib/broker/contract';
import { ConfigError } from './config/read';
import type { Config } from './config/schema';
import type { Vendor } from './vendors/vendor';

/**
 * What anyone may know of this broker. It stays the same while the broker runs.
 *
 * @throws ConfigError if no reader could use it: better now than at everybody who asks.
 */
export function describe(
  config: Config,
  auth: readonly AuthMethod[],
  vendors: readonly Vendor[],
): Discovery {
  const { limits, operator } = config;
  const said: Discovery = {
    versions: [contractVersion],
    name: config.name,
    operator: {
      name: operator.name,
      url: operator.url ?? null,
      contact: operator.contact ?? null,
    },
    privacy_url: config.privacy_url ?? null,
    disclosure: config.disclosure ?? null,
    price: config.price ?? null,
    auth: [...auth],
    providers: vendors.map(({ offer }) => offer),
    context: config.context,
    limits: {
      live_sessions: limits.live_sessions,
      seconds_per_day: limits.minutes_per_day === undefined ? null : limits.minutes_per_day * 60,
      idle_seconds: limits.idle_seconds,
      session_seconds: limits.session_minutes * 60,
    },
  };
  const reading = read(document, said);
  if (reading.ok) return reading.value;
  throw new ConfigError([
    `What this broker would say of itself is not in the contract at "${reading.at}": ${reading.problem}.`,
  ]);
}
