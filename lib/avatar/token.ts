import type { Credential, PlainAnswer } from '@/lib/broker/contract';
import { AppError } from '@/lib/errors';
import type { InworldToken } from '@/lib/session/provider';

/** The vendor's token in the vendor's words. */
export function tokenFrom(credential: Credential): InworldToken {
  if (credential.kind !== 'inworld-token') throw new AppError('broker_failed');
  const { value: token, type, session_id: sessionId, expires_at: expirationTime } = credential;
  return { token, type, sessionId, expirationTime };
}

export function plainToken(answer: PlainAnswer<'inworld'>): InworldToken {
  return { ...answer, expirationTime: new Date(answer.expirationTime).toISOString() };
}
