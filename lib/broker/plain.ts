import type { Broker, PlainServer } from '@/lib/broker/broker';
import { plainProvider, type BrokeredProvider, type PlainAnswer } from '@/lib/broker/contract';
import type { Wire } from '@/lib/broker/call';
import type { Secret } from '@/lib/broker/credentials';
import { ask, type Wish } from '@/lib/broker/line';
import { Troubled } from '@/lib/broker/trouble';

/** Where an answer does not say how long it lasts: less than any of the samples gives. ms. */
const shortest = 120_000;

/** Every answer is a new session, so nothing is asked twice. */
export function plainWish(method: PlainServer['method']): Wish {
  return { path: '', method, again: false, ...(method === 'POST' && { body: {} }) };
}

/** When it is over by this computer's clock, ms; a JWT says so itself. */
export function plainExpiry(
  answer: PlainAnswer<BrokeredProvider>,
  now: number,
  ahead: number,
): number {
  if ('expirationTime' in answer) return Date.parse(answer.expirationTime) - ahead;
  if ('jwt' in answer) return (expiryIn(answer.jwt) ?? now + ahead + shortest) - ahead;
  return now + shortest;
}

/**
 * Whose sample server this is and how it wants to be asked: GET first, then POST. What it hands
 * out while we look is used by nobody and runs out.
 *
 * @param method - null to find out
 * @throws Troubled `off_contract` where it answers like none of the vendors' samples
 */
export async function detectPlain(
  broker: Broker,
  method: PlainServer['method'] | null,
  secret: Secret | null,
  wire: Wire,
): Promise<PlainServer> {
  const methods = method === null ? (['GET', 'POST'] as const) : [method];
  let last: Troubled | null = null;
  for (const one of methods) {
    try {
      const asked = { ...broker, plain: { provider: 'perso' as const, method: one } };
      const { body } = await ask(asked, { ...plainWish(one), secret }, wire);
      const provider = plainProvider(body);
      if (provider !== null) return { provider, method: one };
    } catch (thrown) {
      if (!(thrown instanceof Troubled) || thrown.trouble.code.startsWith('auth')) throw thrown;
      last ??= thrown;
    }
  }
  throw last ?? new Troubled({ code: 'off_contract' });
}

function expiryIn(jwt: string): number | null {
  try {
    const [, payload = ''] = jwt.split('.');
    const claims: unknown = JSON.parse(atob(payload.replace(/-/gu, '+').replace(/_/gu, '/')));
    const { exp } = Object(claims) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : null;
  } catch {
    // Not for us to judge: the vendor will.
    return null;
  }
}
