import { toAppError } from '@/lib/errors';
import type { Connection, ProviderEvent, ProviderId, Speech } from '@/lib/session/provider';
import type { SessionOptions } from '@/lib/session/session';
import { within, type Timing } from '@/lib/session/timing';

/**
 * Longest wait for a provider to be seen and heard, in milliseconds. No vendor's SDK has a limit
 * of its own; 15 s is what others in the field allow for joining a call.
 */
const openWithin = 15_000;
/** Longest wait for the grant, in milliseconds: a service may be asked twice, 15 s each. */
const grantWithin = 35_000;
/** Longest wait for a connection to close, in milliseconds; then it is left to itself. */
const closeWithin = 10_000;

export interface AttemptOptions {
  readonly timing: Timing;
  readonly signal: AbortSignal;
  /** What a vendor gave to be remembered by; of no use to any other. Looked up while it provides. */
  readonly resume: () => Promise<Resume | null>;
  /** Hears nothing of an attempt that failed. */
  readonly receive: (event: ProviderEvent, from: ProviderId) => void;
}

/** What one vendor gave as `resumable`. */
export interface Resume {
  readonly provider: ProviderId;
  readonly token: string;
}

/** An open connection and the way to let go of it. */
export interface Line {
  readonly provider: ProviderId;
  readonly connection: Connection;
  /**
   * Closes it; never rejects. While it closes, what it still says is heard, so that no word is
   * left hanging, and whether it can be taken up again; but not that it ended: that must not end
   * what comes after.
   */
  readonly hangUp: () => Promise<void>;
}

/** One attempt to open a connection. Rejects with an `AppError`; then nothing of it is left. */
export async function attempt(
  { provide, stage, history }: SessionOptions,
  { timing, signal, resume, receive }: AttemptOptions,
): Promise<Line> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  let hearing: 'all' | 'speech' | 'nothing' = 'all';
  let named: ProviderId = 'local';
  const providing = provide(both);
  const opening = Promise.all([providing, resume()]).then(([{ provider, grant }, remembered]) => {
    named = grant.provider;
    return provider.open({
      grant,
      stage: stage(),
      history: history(),
      resume: remembered?.provider === grant.provider ? remembered.token : null,
      signal: both,
      emit: (event) => {
        const isHeard = event.type === 'resumable' || isSpeech(event);
        if (hearing === 'all' || (hearing === 'speech' && isHeard)) {
          receive(event, grant.provider);
        }
      },
    });
  });
  // Its failure is told below, also when it comes before there is a grant.
  opening.catch(() => undefined);
  try {
    await within(timing, grantWithin, signal, providing);
    const connection = await within(timing, openWithin, signal, opening);
    const hangUp = async () => {
      hearing = 'speech';
      // A vendor whose close never returns, or fails against its word, must not hold us.
      const closing = within(timing, closeWithin, new AbortController().signal, connection.close());
      await closing.catch(() => undefined);
      hearing = 'nothing';
    };
    return { provider: named, connection, hangUp };
  } catch (thrown) {
    hearing = 'nothing';
    over.abort();
    // It may still arrive after its time: then it is closed, not kept. Its failure was told above.
    void opening.then((late) => late.close()).catch(() => undefined);
    throw toAppError(thrown, 'provider_failed');
  }
}

function isSpeech(event: ProviderEvent): event is Speech {
  switch (event.type) {
    case 'progress':
    case 'dropped':
    case 'restored':
    case 'ended':
    case 'video':
    case 'cast':
    case 'details':
    case 'resumable':
      return false;
    case 'speaking':
    case 'said':
    case 'spoken':
    case 'visemes':
    case 'emotion':
    case 'voice':
    case 'failed':
    case 'asked':
    case 'card':
    case 'looked':
    case 'pointed':
      return true;
  }
}
