import * as v from 'valibot';
import type { BrokeredProvider } from './wire';

/**
 * Plain mode: a token server that was there before this contract, in the shape each vendor's own
 * samples use. It has no discovery, no limits and no end; one answer is one session.
 */
const text = (longest: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(longest));

const soulMachines = v.object({
  url: v.pipe(v.string(), v.url(), v.regex(/^wss?:\/\/\S+$/u)),
  jwt: v.pipe(text(16_384), v.regex(/^[\w-]+\.[\w-]+\.[\w-]+$/u)),
});

const inworld = v.object({
  token: v.pipe(text(16_384), v.regex(/^[\w!#$%&'*+.^`|~-]+$/u)),
  type: v.literal('Bearer'),
  /** Whatever `new Date()` reads; the vendor's Node package sends an ISO string. */
  expirationTime: v.pipe(
    text(64),
    v.check((written) => !Number.isNaN(Date.parse(written)), 'not a time'),
  ),
  sessionId: text(300),
});

const perso = v.object({ sessionId: v.pipe(text(300), v.regex(/^[\w.~-]+$/u)) });

export const plainAnswers = { inworld, perso, 'soul-machines': soulMachines } as const;
export type PlainAnswer<P extends BrokeredProvider> = v.InferOutput<(typeof plainAnswers)[P]>;

/** Which vendor's sample server answers like this, or null. The shapes share no required name. */
export function plainProvider(answer: unknown): BrokeredProvider | null {
  if (v.is(soulMachines, answer)) return 'soul-machines';
  if (v.is(inworld, answer)) return 'inworld';
  if (v.is(perso, answer)) return 'perso';
  return null;
}
