import { version } from '@soulmachines/smwebsdk/package.json';
import { AppError, toAppError } from '@/lib/errors';
import { isFor, type Connection, type OpeningOf, type Provider } from '@/lib/session/provider';
import { realTiming, wait } from '@/lib/session/timing';
import { connectionOf } from '@/lib/providers/soul-machines/connection';
import { entryFor, placeOf, type Place } from '@/lib/providers/soul-machines/entry';
import { limits as usual, type Limits } from '@/lib/providers/soul-machines/limits';

/** Soul Machines, over their own SDK. */
export function createSoulMachines(given: Partial<Limits> = {}): Provider {
  const limits = { ...usual, ...given };
  return {
    async open(opening) {
      if (!isFor(opening, 'soul-machines')) throw new AppError('provider_failed');
      return open(opening, limits);
    },
  };
}

type Opening = OpeningOf<'soul-machines'>;

async function open(opening: Opening, limits: Limits): Promise<Connection> {
  const { grant, signal, emit } = opening;
  if (signal.aborted) throw new AppError('aborted');
  emit({ type: 'progress', step: 'loading', percent: null });
  emit({ type: 'details', details: { sdk: version } });
  // Only an API key can lead back to a session; a token was made for one.
  const place = grant.credential.kind === 'api-key' ? placeOf(opening.resume) : null;
  const since = performance.now();
  const attempt = (to: Place | null) => {
    const connect = limits.connect - (performance.now() - since);
    return once(opening, { ...limits, connect: Math.max(500, connect) }, to);
  };
  if (place) {
    try {
      return await attempt(place);
    } catch (thrown) {
      // It is gone; the conversation goes on in a new one.
      if (toAppError(thrown).code !== 'vendor_expired') throw thrown;
    }
  }
  for (let nth = 1; ; nth += 1) {
    try {
      return await attempt(null);
    } catch (thrown) {
      if (toAppError(thrown).code !== 'vendor_busy' || nth >= limits.tries) throw thrown;
      const left = limits.connect - (performance.now() - since);
      if (left < 2 * limits.pause) throw thrown;
      await wait(realTiming, limits.pause, signal);
    }
  }
}

/** One attempt; when it rejects nothing of it is left. */
async function once(opening: Opening, limits: Limits, place: Place | null): Promise<Connection> {
  const { grant, signal } = opening;
  const late = AbortSignal.timeout(limits.connect);
  const entry = await entryFor(grant.credential, place, AbortSignal.any([signal, late])).catch(
    (thrown: unknown) => {
      if (signal.aborted) throw new AppError('aborted', { cause: thrown });
      if (late.aborted) throw new AppError('vendor_unreachable', { cause: thrown });
      throw thrown;
    },
  );
  if (signal.aborted) throw new AppError('aborted');
  return connectionOf(opening, entry, limits, place !== null);
}
