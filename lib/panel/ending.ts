import type { ErrorCode } from '@/lib/errors';
import { Troubled } from '@/lib/broker/trouble';
import type { Ending } from '@/lib/session/provider';

/** Why a session is over, as a reader would say it. */
export type Reason =
  | 'user'
  | 'avatar'
  | 'limit'
  | 'idle'
  | 'moved'
  | 'policy'
  /** No way to it: the reader's connection, or what lies behind. */
  | 'network'
  /** Whoever makes the avatar, or runs the service it comes from, will not or cannot go on. */
  | 'vendor'
  /** Of the face on this device. */
  | 'error';

export function reasonOf(ending: Ending, abroad: boolean): Reason {
  if (ending.by !== 'error') return ending.by;
  if (!abroad) return 'error';
  const { error } = ending;
  if (error instanceof Troubled) {
    return unreached.has(error.trouble.code) ? 'network' : 'vendor';
  }
  return isOnTheWay(error.code) ? 'network' : 'vendor';
}

/** It failed between us and whoever makes the avatar. */
export const isOnTheWay = (code: ErrorCode) => lost.has(code);

const unreached: ReadonlySet<string> = new Set(['offline', 'unreachable', 'timeout']);

const lost: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider_timeout',
  'vendor_unreachable',
  'vendor_lost',
  'vendor_media',
]);
