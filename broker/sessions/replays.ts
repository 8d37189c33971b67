import { Problem } from '../problem';
import type { Soon } from './ledger';
import type { Seal } from './seal';

/** Where answers wait for a request to come again. */
export interface Replays {
  /** Claims the key for whoever comes first; the claim lapses by itself. */
  claim(key: string, claimant: string): Soon<Claim>;
  /** Puts the answer there, if the claim is still the claimant's. */
  settle(key: string, claimant: string, answer: string): Soon<void>;
  /** Gives the claim up, so that the next one may try. */
  release(key: string, claimant: string): Soon<void>;
}

type Claim =
  | { readonly state: 'claimed' }
  | { readonly state: 'busy' }
  | { readonly state: 'settled'; readonly answer: string };

/** Longer than any vendor takes, so that a claim outlives only a broker that died. Milliseconds. */
export const claimLapses = 30_000;
/** How long a request can come again. Milliseconds. */
export const answerKept = 600_000;

const longestWait = 10_000;
const firstPause = 20;
const longestPause = 250;

export interface Request {
  readonly caller: string;
  /** The `Idempotency-Key`. */
  readonly key: string;
  /** What was asked, on one line, to notice a key that is used for something else. */
  readonly asked: string;
  /** Names this very request. */
  readonly trace: string;
}

/**
 * Does the work once per caller and key, whoever asks how often and at which broker; the others
 * wait for the first and get its answer. A failure is not kept: the next one tries again.
 */
export async function once(
  replays: Replays,
  seal: Seal,
  request: Request,
  work: () => Promise<string>,
): Promise<{ readonly answer: string; readonly again: boolean }> {
  const key = `${request.caller}\n${request.key}`;
  const first = await replays.claim(key, request.trace);
  const claimed = first.state === 'busy' ? await waitForTurn(replays, key, request.trace) : first;
  if (claimed.state === 'settled')
    return { answer: opened(seal, claimed.answer, request), again: true };
  try {
    const answer = await work();
    await replays.settle(key, request.trace, seal.close(`${request.asked}\n${answer}`));
    return { answer, again: false };
  } catch (error) {
    await replays.release(key, request.trace);
    throw error;
  }
}

async function waitForTurn(replays: Replays, key: string, claimant: string) {
  const givesUp = Date.now() + longestWait;
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    if (Date.now() + pause > givesUp) {
      throw new Problem('in_progress', 'The first request with this key has no answer yet.', {
        retry_after: 1,
      });
    }
    await new Promise((resolve) => {
      setTimeout(resolve, pause);
    });
    const claim = await replays.claim(key, claimant);
    if (claim.state !== 'busy') return claim;
  }
}

function opened(seal: Seal, sealed: string, { asked }: Request): string {
  const text = seal.open(sealed);
  if (text === null) {
    throw new Problem(
      'session_ended',
      'That session was opened before the broker changed its keys.',
    );
  }
  if (!text.startsWith(`${asked}\n`)) {
    throw new Problem('key_reused', 'A new session needs a new Idempotency-Key.');
  }
  return text.slice(asked.length + 1);
}
