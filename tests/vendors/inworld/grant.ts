import type { InworldGrant, InworldToken } from '@/lib/session/provider';
import { account, tokenCalls, type Scene } from '@/tests/emulators/inworld/account';

/** A token as a broker gets it, by the recipe, in the page's own cryptography. */
export async function mint(
  address: string,
  form: keyof typeof tokenCalls = 'sessionTokens',
): Promise<InworldToken> {
  const { path, host, method, body } = tokenCalls[form];
  const dateTime = new Date().toISOString().replace(/\D/gu, '').slice(0, 14);
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(11)), (byte) =>
    (byte % 16).toString(16),
  ).join('');
  let chain = new TextEncoder().encode(`IW1${account.secret}`);
  for (const step of [dateTime, host, method, nonce, 'iw1_request']) {
    const key = await crypto.subtle.importKey(
      'raw',
      chain,
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    chain = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(step)));
  }
  const signature = Array.from(chain, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const answer = await fetch(address + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Authorization: `IW1-HMAC-SHA256 ApiKey=${account.key},DateTime=${dateTime},Nonce=${nonce},Signature=${signature}`,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`No token: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as InworldToken;
}

export async function grantFor(
  address: string,
  scene: Scene = 'workspaces/lighthouse/scenes/lamp_room',
  more: Partial<InworldGrant> = {},
): Promise<InworldGrant> {
  return {
    provider: 'inworld',
    token: await mint(address),
    freshToken: () => mint(address),
    gateway: { hostname: new URL(address).host, ssl: false },
    scene,
    reader: { name: null, fields: [] },
    iceServers: [],
    forceRelay: false,
    volume: 1,
    muted: false,
    language: 'en',
    ...more,
  };
}
