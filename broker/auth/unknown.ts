import { Problem } from '../problem';

/** A caller we do not know, with the challenge of RFC 6750; its error code only if something was presented. */
export function unknown(detail: string, error?: 'invalid_token', cause?: unknown): Problem {
  const challenge = error
    ? `Bearer realm="avatar-broker", error="${error}"`
    : 'Bearer realm="avatar-broker"';
  return new Problem('auth_required', detail, { challenge, cause });
}
