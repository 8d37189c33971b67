import { toAppError } from '@/lib/errors';
import type { Connection, ProviderEvent } from '@/lib/session/provider';
import type { SessionOptions } from '@/lib/session/session';
import { within, type Timing } from '@/lib/session/timing';

/**
 * Longest wait for a provider to be seen and heard, in milliseconds. No vendor's SDK has a limit
 * of its own; 15 s is what others in the field allow for joining a call.
 */
const openWithin = 15_000;

export interface AttemptOptions {
  readonly timing: Timing;
  readonly signal: AbortSignal;
  /** Hears nothing of this attempt once it has failed. */
  readonly receive: (event: ProviderEvent) => void;
}

/** One attempt to open a connection. Rejects with an `AppError`; then nothing of it is left. */
export async function attempt(
  { provide, stage, history }: SessionOptions,
  { timing, signal, receive }: AttemptOptions,
): Promise<Connection> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const opening = provide(both).then(({ provider, grant }) =>
    provider.open({
      grant,
      stage: stage(),
      microphone: null,
      history: history(),
      signal: both,
      emit: (event) => {
        if (!over.signal.aborted) receive(event);
      },
    }),
  );
  try {
    return await within(timing, openWithin, signal, opening);
  } catch (thrown) {
    over.abort();
    // It may still arrive after its time: then it is closed, not kept. Its failure was told above.
    void opening.then((late) => late.close()).catch(() => undefined);
    throw toAppError(thrown, 'provider_failed');
  }
}
