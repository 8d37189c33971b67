import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Provider, type Configuration } from 'oidc-provider';

/** An identity provider on loopback: a certified one, with a reader who is always there. */
export interface Identity {
  readonly issuer: string;
  /** What the next sign-in meets: somebody who says yes, or somebody who says no. */
  answer: 'allow' | 'deny';
  /** From now on no refresh token is worth anything. */
  forgetEverybody(): void;
  /** How often the token endpoint was asked, by grant type. */
  readonly asked: string[];
  close(): Promise<void>;
}

export interface IdentityOptions {
  /** Where it may send readers back to. */
  readonly redirects: readonly string[];
  /** What access tokens are made out to; such ones are JWTs. */
  readonly resource?: string;
  /** How long they last, seconds. */
  readonly accessLasts?: number;
}

const account = 'ada@example.com';
export const clientId = 'visavis';

export async function startIdentity({
  redirects,
  resource,
  accessLasts = 600,
}: IdentityOptions): Promise<Identity> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  const issuer = `http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`;
  const provider = new Provider(issuer, configuration(redirects, resource, accessLasts));
  const answers = provider.callback();
  let forgotten = false;
  const identity: Identity = {
    issuer,
    answer: 'allow',
    forgetEverybody() {
      forgotten = true;
    },
    asked: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  provider.on('grant.success', ({ oidc }) => {
    identity.asked.push(String(oidc.params?.['grant_type']));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction/')) {
      void meet(provider, request, response, identity.answer, resource);
    } else if (forgotten && request.url === '/token') {
      response.writeHead(400, { 'Content-Type': 'application/json' });
      response.end('{"error":"invalid_grant"}');
    } else {
      void answers(request, response);
    }
  });
  return identity;
}

/** Nobody has to type: the reader is there, and answers as the test says. */
async function meet(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Identity['answer'],
  resource: string | undefined,
): Promise<void> {
  if (answer === 'deny') {
    await provider.interactionFinished(request, response, { error: 'access_denied' });
    return;
  }
  const { params } = await provider.interactionDetails(request, response);
  const grant = new provider.Grant({ accountId: account, clientId });
  grant.addOIDCScope(String(params['scope']));
  if (resource !== undefined) grant.addResourceScope(resource, 'avatars');
  await provider.interactionFinished(request, response, {
    login: { accountId: account },
    consent: { grantId: await grant.save() },
  });
}

function configuration(
  redirects: readonly string[],
  resource: string | undefined,
  accessLasts: number,
): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        redirect_uris: [...redirects],
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email'] },
    conformIdTokenClaims: false,
    scopes: ['openid', 'offline_access', 'email'],
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: id }) }),
    // Ours come with the origin of an extension, which an operator has to allow.
    clientBasedCORS: (_, origin) => /^(?:chrome|moz)-extension:/u.test(origin),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      ...(resource !== undefined && {
        resourceIndicators: {
          enabled: true,
          defaultResource: () => resource,
          useGrantedResource: () => true,
          getResourceServerInfo: () => ({
            scope: 'avatars',
            audience: resource,
            accessTokenFormat: 'jwt' as const,
            accessTokenTTL: accessLasts,
          }),
        },
      }),
    },
    cookies: { keys: ['for this run only'] },
    ttl: {
      AccessToken: accessLasts,
      RefreshToken: 3600,
      Session: 3600,
      Grant: 3600,
      IdToken: 60,
      Interaction: 600,
      AuthorizationCode: 60,
    },
    rotateRefreshToken: true,
  };
}
