import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { account, tokenCalls } from './account.ts';

const signing = randomBytes(32);

/** What the token call answers with. */
export function mint(seconds: number) {
  const expires = new Date(Date.now() + seconds * 1000);
  const sessionId = `${account.workspace}:${randomUUID()}`;
  const parts = [
    { alg: 'HS256', typ: 'JWT' },
    { exp: Math.floor(expires.getTime() / 1000), sid: sessionId, jti: randomUUID() },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const token = [...parts, seal(parts.join('.'))].join('.');
  return { token, type: 'Bearer', expirationTime: expires.toISOString(), sessionId };
}

export function judge(token: string): 'valid' | 'expired' | 'invalid' {
  const [head, body, mark, ...more] = token.split('.');
  if (head === undefined || body === undefined || more.length > 0) return 'invalid';
  if (mark !== seal(`${head}.${body}`)) return 'invalid';
  const { exp } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { exp: number };
  return exp * 1000 > Date.now() ? 'valid' : 'expired';
}

/** Null where `IW1-HMAC-SHA256` was followed to the letter, otherwise what was wrong. */
export function faultOf(authorization: string | undefined, path: string): string | null {
  const call = Object.values(tokenCalls).find((known) => known.path === path);
  const read =
    /^IW1-HMAC-SHA256 ApiKey=([^,]+),DateTime=(\d{14}),Nonce=([0-9a-f]{11,}),Signature=([0-9a-f]{64})$/u.exec(
      authorization ?? '',
    );
  if (!call || !read) return 'not an IW1-HMAC-SHA256 header';
  const [, key = '', dateTime = '', nonce = '', signature = ''] = read;
  if (key !== account.key) return 'unknown key';
  const at = Date.parse(dateTime.replace(/^(....)(..)(..)(..)(..)(..)$/u, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - at) < 5 * 60_000)) return 'a clock that is wrong';
  let chain: Buffer = Buffer.from(`IW1${account.secret}`);
  for (const step of [dateTime, call.host, call.method, nonce, 'iw1_request']) {
    chain = createHmac('sha256', chain).update(step).digest();
  }
  return timingSafeEqual(chain, Buffer.from(signature, 'hex')) ? null : 'a wrong signature';
}

function seal(text: string): string {
  return createHmac('sha256', signing).update(text).digest('base64url');
}
