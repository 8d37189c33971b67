import { AppError, type ErrorCode } from '@/lib/errors';
import type { Ending } from '@/lib/session/provider';
import { isFields, type Fields } from '@/lib/providers/soul-machines/message';

/**
 * What the vendor calls its failures: names of the SDK's errors, and the reasons with which the
 * service closes a session, which the SDK turns into such names.
 */
const named: Readonly<Record<string, ErrorCode>> = {
  notSupported: 'vendor_unsupported',
  noServer: 'vendor_unreachable',
  serverConnectionFailed: 'vendor_unreachable',
  // Busy; per the vendor's documentation also a token it does not like, see `withToken`.
  noScene: 'vendor_busy',
  mediaStreamFailed: 'vendor_media',
  noUserMedia: 'vendor_media',
  failedUpgrade: 'vendor_media',
  noVideoElement: 'vendor_media',
  userInteractionRequired: 'vendor_unplayed',
  sessionTimeout: 'vendor_expired',
  noSessionToResume: 'vendor_expired',
  noSession: 'vendor_lost',
  noConnection: 'vendor_lost',
  controlFailed: 'vendor_failed',
  controlDisconnected: 'vendor_lost',
  unknown: 'vendor_failed',
};

/** Reasons are free text of the service: what they are about, where we do not know them. */
const about: readonly (readonly [RegExp, ErrorCode])[] = [
  [/expired/iu, 'vendor_expired'],
  [/quota|limit|usage|billing|credit/iu, 'vendor_quota'],
  [/busy|capacity|overload/iu, 'vendor_busy'],
  [/auth|token|jwt|denied|forbidden/iu, 'vendor_refused'],
];

export function codeOf(name: string): ErrorCode {
  return (
    (Object.hasOwn(named, name) ? named[name] : undefined) ??
    about.find(([words]) => words.test(name))?.[1] ??
    'vendor_failed'
  );
}

/** Why a socket that was closed cleanly while connecting was closed; the SDK would wait for ever. */
export function codeOfClose(code: number): ErrorCode {
  switch (code) {
    // Policy violation, as for a bad token; and what others use for it.
    case 1008:
    case 4001:
    case 4401:
    case 4403:
      return 'vendor_refused';
    case 1013:
    case 4429:
      return 'vendor_busy';
    case 1006:
      return 'vendor_unreachable';
    default:
      return 'vendor_failed';
  }
}

/** What an HTTP status of the vendor's key server means. */
export function codeOfStatus(status: number): ErrorCode {
  if (status === 402) return 'vendor_quota';
  if (status === 404) return 'vendor_unknown';
  if (status === 429) return 'vendor_busy';
  return status >= 500 ? 'vendor_failed' : 'vendor_refused';
}

/** How a live session ended for the reason the service gave. */
export function endingFor(reason: string): Ending {
  switch (reason) {
    case 'sessionTimeout':
      return { by: 'limit' };
    case 'conversationEnded':
    case 'normal':
      return { by: 'avatar' };
    default: {
      const code = codeOf(reason);
      return { by: 'error', error: new AppError(code === 'vendor_failed' ? 'vendor_lost' : code) };
    }
  }
}

/**
 * A browser is not told why a socket was refused, nor the SDK why there is no scene: a look at the
 * token. Whether it is signed well only its maker can tell.
 */
export function withToken(code: ErrorCode, token: string, now: number): ErrorCode {
  if (code !== 'vendor_unreachable' && code !== 'vendor_busy') return code;
  const claims = claimsOf(token);
  if (!claims) return 'vendor_refused';
  const { exp, nbf } = claims;
  if (typeof exp === 'number' && exp * 1000 <= now) return 'vendor_expired';
  return typeof nbf === 'number' && nbf * 1000 > now ? 'vendor_refused' : code;
}

function claimsOf(token: string): Fields | null {
  try {
    const part = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(part.replaceAll('-', '+').replaceAll('_', '/')));
    return isFields(claims) ? claims : null;
  } catch {
    return null;
  }
}
