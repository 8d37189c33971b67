import { jwtVerify, SignJWT } from 'jose';
import type { SoulMachinesKnobs } from './knobs.ts';

/** The one customer it has. */
export const account = {
  keyName: 'emulated-key-name',
  privateKey: 'an emulated private key, as text',
};

const secret = (text: string) => new TextEncoder().encode(text);

/** A token of the customer's token server, or of the maker's own for an API key. */
export function mint(
  host: string,
  mood: SoulMachinesKnobs['token'],
  session: string | null = null,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const seconds = { good: 1800, forged: 1800, early: 1800, expired: -60, brief: 2 }[mood];
  return new SignJWT({
    'sm-control': '',
    'sm-control-via-browser': false,
    'sm-session-server': host,
    ...(session !== null && { 'sm-resume': session }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(account.keyName)
    .setIssuedAt(now)
    .setNotBefore(mood === 'early' ? now + 600 : now - 60)
    .setExpirationTime(now + seconds)
    .sign(secret(mood === 'forged' ? 'somebody else' : account.privateKey));
}

/** The session to be taken up again, where the token names one. Rejects what is not a good token. */
export async function check(token: string): Promise<string | null> {
  const { payload } = await jwtVerify(token, secret(account.privateKey), {
    algorithms: ['HS256'],
    issuer: account.keyName,
    requiredClaims: ['exp'],
  });
  const resumed = payload['sm-resume'];
  return typeof resumed === 'string' ? resumed : null;
}

/** The API key that leads to `address`. */
export function apiKey(address: string): string {
  const key = { soulId: 'ada', authServer: `${address}/api/auth`, authToken: 'not-a-secret' };
  return Buffer.from(JSON.stringify(key)).toString('base64');
}
