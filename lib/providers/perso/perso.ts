import { createSession, type Session } from 'perso-interactive-sdk-web/client';
import { AppError, toAppError } from '@/lib/errors';
import { connect } from '@/lib/providers/perso/connection';
import { openingFailure } from '@/lib/providers/perso/failures';
import { hangUp } from '@/lib/providers/perso/line';
import { usual, type Limits } from '@/lib/providers/perso/limits';
import { showPicture, type Picture } from '@/lib/providers/perso/picture';
import { sizeFor } from '@/lib/providers/perso/size';
import { watchStrays } from '@/lib/providers/perso/strays';
import { isFor, type OpeningOf, type Provider } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';

/** How long a call that is given up may take to notice, ms. */
const letGoWithin = 1000;

/**
 * An avatar of Perso Interactive. The session is made by a broker; its id is all there is.
 *
 * @param join - how the client joins it.
 */
export function createPerso(given: Partial<Limits> = {}, join = createSession): Provider {
  const limits = { ...usual, ...given };
  return {
    async open(opening) {
      if (!isFor(opening, 'perso')) throw new AppError('provider_failed');
      const { grant, stage, signal, emit } = opening;
      if (signal.aborted) throw new AppError('aborted');
      emit({ type: 'progress', step: 'connecting', percent: null });
      const session = await reach(opening, limits, join);
      let picture: Picture | null = null;
      try {
        if (signal.aborted) throw new AppError('aborted');
        if (grant.forceRelay) refuseWithoutRelay(session);
        const stream = session.getRemoteStream();
        if (stream) {
          emit({ type: 'progress', step: 'media', percent: null });
          picture = showPicture({ stage, stream, ...grant, still: limits.still, emit });
          await within(realTiming, limits.picture, signal, picture.shown);
        } else {
          emit({ type: 'voice', state: 'none' });
        }
        return connect(opening, { session, picture, limits });
      } catch (thrown) {
        picture?.close();
        hangUp(session);
        const error = toAppError(thrown, 'vendor_failed');
        throw error.code === 'provider_timeout'
          ? new AppError('vendor_media', { cause: error })
          : error;
      }
    },
  };
}

async function reach(
  { grant, stage, signal }: OpeningOf<'perso'>,
  limits: Limits,
  join: typeof createSession,
): Promise<Session> {
  const { sessionId, apiServer, iceServers, forceRelay } = grant;
  const half = new AbortController();
  const options = {
    sessionId,
    apiServer,
    ...sizeFor(stage.clientWidth, stage.clientHeight),
    clientTools: [],
    // Our own client's; the vendor's knows none of them.
    limits,
    signal: AbortSignal.any([signal, half.signal]),
    rtcConfiguration: {
      iceServers: [...iceServers],
      ...(forceRelay && { iceTransportPolicy: 'relay' as const }),
    },
  };
  const strays = watchStrays();
  const making = join(options);
  try {
    return await within(realTiming, limits.connect, signal, making);
  } catch (thrown) {
    half.abort();
    // At once: the next session may be on its way while this one is waited for.
    strays.close();
    strays.stop();
    // It may still arrive after its time: then it is closed, not kept.
    const over = making.then(hangUp).catch(() => undefined);
    const never = new AbortController().signal;
    await within(realTiming, letGoWithin, never, over).catch(() => undefined);
    if (signal.aborted) throw new AppError('aborted', { cause: thrown });
    throw await openingFailure(thrown, { sessionId, apiServer }, limits.reason);
  } finally {
    strays.stop();
  }
}

/** The vendor's own client cannot be told to use relays only; then there is no session. */
function refuseWithoutRelay(session: Session): void {
  const line: unknown = session.perso;
  const pc: unknown =
    typeof line === 'object' && line !== null && 'pc' in line ? line.pc : undefined;
  if (!(pc instanceof RTCPeerConnection)) return;
  if (pc.getConfiguration().iceTransportPolicy !== 'relay')
    throw new AppError('vendor_unsupported');
}
