import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { isLoopback } from '@/lib/broker/address';
import type { Broker } from '@/lib/broker/broker';
import { call, type Answer, type Call, type Wire } from '@/lib/broker/call';
import { accessFor, forgetAccess, proofOf, secretFor, type Secret } from '@/lib/broker/credentials';
import { refreshAccess } from '@/lib/broker/oidc';
import { refuse } from '@/lib/broker/refusal';
import { fail, Troubled, type Trouble, type TroubleCode } from '@/lib/broker/trouble';

/** A request below the broker's address, or at the plain server's own. */
export interface Wish extends Omit<Call, 'url' | 'proof'> {
  readonly path: string;
  /** It may be sent twice: it changes nothing, or carries an Idempotency-Key. */
  readonly again: boolean;
  /** Proves it with this one, not yet kept, instead of the one that is. */
  readonly secret?: Secret | null;
}

/**
 * Asks a broker as the reader it knows. Once more, after a failed connection or a token that ran
 * out, with the very same request; not at all while the broker wants to be left alone.
 *
 * @returns an answer of 200 to 299. @throws Troubled
 */
export async function ask(broker: Broker, wish: Wish, wire: Wire): Promise<Answer> {
  await heedRest(broker.address, wire.now());
  const deadline = wire.now() + wire.patience;
  let triedAgain = false;
  let refreshed = false;
  for (;;) {
    try {
      return await askOnce(broker, wish, wire);
    } catch (thrown) {
      if (!(thrown instanceof Troubled)) throw thrown;
      const { code, again } = thrown.trouble;
      if (code === 'unreachable' && wish.again && !triedAgain) {
        triedAgain = true;
      } else if (code === 'auth_required' && broker.auth.type === 'oidc' && !refreshed) {
        refreshed = true;
        await forgetAccess();
      } else if (code === 'in_progress' && wish.again && wire.now() < deadline) {
        // The request a stopped background sent before us is still being answered.
        await sleep(Math.min(again === undefined ? 1_000 : again - wire.now(), 3_000));
      } else {
        await noteRest(broker.address, thrown.trouble);
        throw refreshed && code === 'auth_required'
          ? new Troubled({ ...thrown.trouble, code: 'sign_in_expired' }, { cause: thrown })
          : thrown;
      }
    }
  }
}

async function askOnce(broker: Broker, wish: Wish, wire: Wire) {
  const { path, secret, ...rest } = wish;
  const proof = await prove(broker, secret, wire);
  const url = broker.plain ? broker.address : `${broker.address}${path}`;
  const answer = await call({ ...rest, url, proof }, wire);
  return answer.status >= 200 && answer.status < 300 ? answer : refuse(answer, wire.now());
}

/** One refresh at a time: the token it uses up may be good for one. */
let refreshing: Promise<string> | null = null;

async function prove(
  { address, auth }: Broker,
  secret: Secret | null | undefined,
  wire: Wire,
): Promise<Record<string, string>> {
  if (auth.type === 'none' && !isLoopback(new URL(address).hostname)) return fail('auth_none');
  if (auth.type !== 'oidc') return proofOf(auth, secret ?? (await secretFor(address)));
  const token = await accessFor(address, wire.now());
  refreshing ??= token === null ? refreshAccess(address, auth, wire).finally(stop) : null;
  return { Authorization: `Bearer ${token ?? (await refreshing)}` };
}

const stop = () => (refreshing = null);

/** What passes by itself, if one only waits. */
const restful: ReadonlySet<TroubleCode> = new Set(['rate_limited', 'provider_busy', 'unavailable']);
const restKey = 'session:brokerRest';
const restSchema = v.object({
  address: v.string(),
  trouble: v.object({
    code: v.picklist(['rate_limited', 'provider_busy', 'unavailable']),
    again: v.number(),
  }),
});

async function noteRest(address: string, trouble: Trouble): Promise<void> {
  if (!restful.has(trouble.code) || trouble.again === undefined) return;
  const { code, again } = trouble;
  await storage.setItem(restKey, { address, trouble: { code, again } });
}

async function heedRest(address: string, now: number): Promise<void> {
  const rest = v.safeParse(restSchema, await storage.getItem<unknown>(restKey));
  if (!rest.success || rest.output.address !== address) return;
  const { code, again } = rest.output.trouble;
  if (again > now) fail(code, { again });
}

/** Another broker, another key: what was said to the one before does not count. */
export async function forgetRest(): Promise<void> {
  await storage.removeItem(restKey);
}

async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, Math.max(ms, 0));
  });
}
