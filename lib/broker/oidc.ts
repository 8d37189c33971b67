import * as oauth from 'oauth4webapi';
import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import { isLoopback } from '@/lib/broker/address';
import type { Wire } from '@/lib/broker/call';
import type { AuthMethod } from '@/lib/broker/contract';
import { forgetAccess, keepAccess, keepSecret, secretFor } from '@/lib/broker/credentials';
import { fail, Troubled } from '@/lib/broker/trouble';

/**
 * Signing in with the operator's identity provider: code flow with PKCE, nothing kept in memory
 * between its two halves, since the browser may stop us while the reader types a password.
 */
export type OidcMethod = Extract<AuthMethod, { type: 'oidc' }>;

const begunKey = 'session:brokerSignIn';
const begunSchema = v.object({
  address: v.string(),
  method: v.custom<OidcMethod>((value) => typeof value === 'object' && value !== null),
  redirect: v.string(),
  state: v.string(),
  verifier: v.string(),
  nonce: v.string(),
});

/** An access token is not used in its last seconds: it must outlive the way to the broker. Seconds. */
const margin = 30;
/** Clocks differ. Seconds, either way; ten minutes is the worst we have been told of. */
const tolerance = 660;

/**
 * The address to send the reader to.
 *
 * @param redirect - where the identity provider sends the reader back to, as it is registered there
 * @throws Troubled
 */
export async function beginSignIn(
  address: string,
  method: OidcMethod,
  redirect: string,
  wire: Wire,
): Promise<string> {
  const server = await metadata(method, wire);
  if (server.authorization_endpoint === undefined) return fail('sign_in_failed');
  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const nonce = oauth.generateRandomNonce();
  await storage.setItem(begunKey, { address, method, redirect, state, verifier, nonce });
  const url = new URL(server.authorization_endpoint);
  const parameters = {
    client_id: method.client_id,
    redirect_uri: redirect,
    response_type: 'code',
    scope: method.scopes.join(' '),
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...(method.resource !== null && { resource: method.resource }),
    // OpenID Connect wants consent asked for before it gives a token that lasts.
    ...(method.scopes.includes('offline_access') && { prompt: 'consent' }),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** @param landed - where the identity provider sent the reader back to. @throws Troubled */
export async function finishSignIn(landed: string, wire: Wire): Promise<void> {
  const begun = v.safeParse(begunSchema, await storage.getItem<unknown>(begunKey));
  await storage.removeItem(begunKey);
  if (!begun.success) return fail('sign_in_failed');
  const { address, method, redirect, state, verifier, nonce } = begun.output;
  const server = await metadata(method, wire);
  const client = { client_id: method.client_id, [oauth.clockTolerance]: tolerance };
  await translate(async () => {
    const parameters = oauth.validateAuthResponse(server, client, new URL(landed), state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirect,
      verifier,
      {
        ...options(method, wire),
        ...(method.resource !== null && { additionalParameters: { resource: method.resource } }),
      },
    );
    const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
      ...(method.scopes.includes('openid') && { expectedNonce: nonce, requireIdToken: true }),
    });
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    await keepSecret(address, {
      type: 'oidc',
      issuer: method.issuer,
      refresh: tokens.refresh_token ?? null,
      account: nameIn(claims),
    });
    await keepAccess(address, tokens.access_token, expiry(tokens.expires_in, wire));
  });
}

/**
 * A new access token for the one that ran out.
 *
 * @throws Troubled `auth_missing` where nobody signed in, `sign_in_expired` where that is over
 */
export async function refreshAccess(
  address: string,
  method: OidcMethod,
  wire: Wire,
): Promise<string> {
  const secret = await secretFor(address);
  if (secret?.type !== 'oidc' || secret.issuer !== method.issuer) return fail('auth_missing');
  const { refresh } = secret;
  if (refresh === null) return fail('sign_in_expired');
  const server = await metadata(method, wire);
  const client = { client_id: method.client_id, [oauth.clockTolerance]: tolerance };
  return translate(async () => {
    const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), refresh, {
      ...options(method, wire),
      ...(method.resource !== null && { additionalParameters: { resource: method.resource } }),
    });
    const tokens = await oauth.processRefreshTokenResponse(server, client, response);
    // Many issuers let a refresh token be used once; the new one is written down before anything else.
    await keepSecret(address, { ...secret, refresh: tokens.refresh_token ?? refresh });
    await keepAccess(address, tokens.access_token, expiry(tokens.expires_in, wire));
    return tokens.access_token;
  }, 'sign_in_expired');
}

/** Tells the issuer, where it wants to know, that the token is not needed any more. Never rejects. */
export async function revoke(address: string, method: OidcMethod, wire: Wire): Promise<void> {
  const secret = await secretFor(address);
  await forgetAccess();
  if (secret?.type !== 'oidc' || secret.refresh === null) return;
  const { refresh } = secret;
  await metadata(method, wire)
    .then(async (server) => {
      if (server.revocation_endpoint === undefined) return;
      const client = { client_id: method.client_id };
      await oauth.revocationRequest(server, client, oauth.None(), refresh, options(method, wire));
    })
    // Signing out holds here whether or not the issuer can be reached.
    .catch(() => undefined);
}

async function metadata(method: OidcMethod, wire: Wire): Promise<oauth.AuthorizationServer> {
  return translate(async () => {
    const issuer = new URL(method.issuer);
    const response = await oauth.discoveryRequest(issuer, options(method, wire));
    return oauth.processDiscoveryResponse(issuer, response);
  });
}

function options({ issuer }: OidcMethod, { fetch, patience }: Wire) {
  return {
    // Its redirects are refused by the library, which asks for `redirect: 'manual'` itself.
    [oauth.customFetch]: (
      url: string,
      { body, signal, ...init }: oauth.CustomFetchOptions<string, unknown>,
    ) =>
      fetch(url, {
        ...init,
        ...(body instanceof URLSearchParams && { body }),
        ...(signal && { signal }),
      }),
    [oauth.allowInsecureRequests]: isLoopback(new URL(issuer).hostname),
    signal: () => AbortSignal.timeout(patience),
  };
}

/** The library's errors as ours. `refused`: what it means when the issuer says no. */
async function translate<T>(
  doing: () => Promise<T>,
  refused: 'sign_in_denied' | 'sign_in_expired' = 'sign_in_denied',
): Promise<T> {
  try {
    return await doing();
  } catch (thrown) {
    if (thrown instanceof Troubled) throw thrown;
    if (thrown instanceof oauth.AuthorizationResponseError) {
      return fail('sign_in_denied', { about: thrown.error }, thrown);
    }
    if (thrown instanceof oauth.ResponseBodyError) {
      // Anything but a refused grant is a matter between the operator and the identity provider.
      const code = thrown.error === 'invalid_grant' ? refused : 'sign_in_failed';
      return fail(code, { about: thrown.error, status: thrown.status }, thrown);
    }
    if (thrown instanceof oauth.OperationProcessingError) {
      const isClock = thrown.code === oauth.JWT_TIMESTAMP_CHECK;
      const about = thrown.code === undefined ? {} : { about: thrown.code };
      return fail(isClock ? 'clock_off' : 'sign_in_failed', about, thrown);
    }
    return fail('sign_in_failed', {}, thrown);
  }
}

/** Where nobody says how long a token lasts, five minutes is what most do at least. */
function expiry(seconds: number | undefined, { now }: Wire): number {
  return now() + ((seconds ?? 300) - margin) * 1000;
}

function nameIn(claims: oauth.IDToken | undefined): string | null {
  const names = [claims?.email, claims?.preferred_username, claims?.name, claims?.sub];
  return names.find((name) => typeof name === 'string') ?? null;
}
