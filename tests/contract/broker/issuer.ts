import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import { Provider } from 'oidc-provider';

/** A real OpenID provider on loopback, with one public client, and its signing key. */
export interface Issuer {
  readonly url: string;
  readonly port: number;
  /** The code flow with PKCE, as the extension goes it. Resolves to an access token. */
  signIn(person: string, scopes?: string): Promise<string>;
  /** A token signed by the issuer with claims of the test's own. */
  sign(claims: Claims, header?: { alg?: string; kid?: string }): Promise<string>;
  stop(): Promise<void>;
}

/** What is undefined is left out. */
export type Claims = { readonly [name in keyof JWTPayload]: JWTPayload[name] | undefined };

export const audience = 'https://broker.example';
export const clientId = 'visavis';
const redirect = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/';

/** @param port - any that is free, if not given. */
export async function startIssuer(port = 0): Promise<Issuer> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: 'one', use: 'sig', alg: 'RS256' };
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  const provider = new Provider(url, {
    clients: [
      {
        client_id: clientId,
        redirect_uris: [redirect],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
    ],
    scopes: ['openid', 'offline_access', 'avatar', 'other'],
    jwks: { keys: [jwk] },
    cookies: { keys: ['test'] },
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'avatar other',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 600,
        }),
      },
    },
  });
  const handle = provider.callback();
  server.on('request', (request, response) => void handle(request, response));
  return {
    url,
    port: address.port,
    signIn: (person, scopes = 'openid avatar') => codeFlow(url, person, scopes),
    sign: (claims, header = {}) => signed(privateKey, claims, header),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function signed(key: CryptoKey, claims: Claims, header: { alg?: string; kid?: string }) {
  return new SignJWT(JSON.parse(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'RS256', kid: 'one', typ: 'at+jwt', ...header })
    .sign(key);
}

async function codeFlow(url: string, person: string, scopes: string): Promise<string> {
  const verifier = randomBytes(32).toString('base64url');
  const start = new URL('/auth', url);
  start.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirect,
    scope: scopes,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const browser = cookieBrowser();
  let location = start.href;
  for (let step = 0; step < 12 && !location.startsWith(redirect); step += 1) {
    const response = await browser(location);
    const next = response.headers.get('location');
    if (next !== null) {
      location = new URL(next, url).href;
      continue;
    }
    // A page of the provider's: first it asks who it is, then whether that is all right.
    const page = await response.text();
    const prompt = page.includes('name="login"') ? 'login' : 'consent';
    const form = new URLSearchParams({ prompt, login: person, password: 'any' });
    const answered = await browser(location, form);
    location = new URL(answered.headers.get('location') ?? '', url).href;
  }
  const code = new URL(location).searchParams.get('code');
  if (code === null) throw new Error(`no code: ${location}`);
  const answer = await fetch(new URL('/token', url), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      redirect_uri: redirect,
      code_verifier: verifier,
    }),
  });
  const tokens: unknown = await answer.json();
  if (typeof tokens !== 'object' || tokens === null || !('access_token' in tokens)) {
    throw new Error(`no token: ${JSON.stringify(tokens)}`);
  }
  return String(tokens.access_token);
}

/** Keeps cookies, follows nothing by itself. */
function cookieBrowser() {
  const jar = new Map<string, string>();
  return async (url: string, form?: URLSearchParams): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { Cookie: cookie },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
}
