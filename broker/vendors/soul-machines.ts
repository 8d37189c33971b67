import { SignJWT } from 'jose';
import { isLoopback } from '../loopback';
import type { SoulMachinesConfig } from '../config/schema';
import { rejected } from './call';
import { byId, shown } from './persona';
import type { Need, Vendor } from './vendor';

type PersonaConfig = SoulMachinesConfig['personas'][number];

/**
 * Signs the token itself: nobody is asked, so nothing can be out of order. An API key is handed
 * out as it is, where the operator insisted.
 */
export function createSoulMachines(config: SoulMachinesConfig): Vendor {
  const url = sessionServer(config.session_server);
  const credential = async (persona: PersonaConfig, { now, endsAt }: Need) => {
    if (persona.api_key !== undefined) {
      return {
        kind: 'soul-machines-api-key',
        value: persona.api_key,
        expires_at: endsAt.toISOString(),
        single_use: false,
      } as const;
    }
    const expires = new Date(
      Math.min(now.getTime() + config.token_minutes * 60_000, endsAt.getTime()),
    );
    return {
      kind: 'soul-machines-jwt',
      value: await token(persona, new URL(url).host, now, expires),
      expires_at: expires.toISOString(),
      single_use: false,
    } as const;
  };
  return {
    offer: {
      provider: 'soul-machines',
      capabilities: ['face', 'voice', 'hears', 'renews'],
      // Sockets only, which browsers let an extension open anywhere.
      origins: [],
      personas: config.personas.map(shown),
    },
    async open(id, need) {
      const persona = byId(config.personas, id);
      return {
        grant: {
          provider: 'soul-machines',
          credential: await credential(persona, need),
          connect: {
            url: persona.api_key === undefined ? url : null,
            page_metadata: persona.page_metadata,
          },
        },
        reference: null,
      };
    },
    renew: (id, need) => credential(byId(config.personas, id), need),
  };
}

async function token(
  persona: PersonaConfig,
  server: string,
  issued: Date,
  expires: Date,
): Promise<string> {
  if (persona.key === undefined || persona.key_name === undefined) {
    throw rejected('This avatar has no key at the broker.', null);
  }
  // Claims as in the vendor's own token servers: the private key's text itself is the secret.
  return new SignJWT({
    'sm-control': persona.control_url,
    'sm-control-via-browser': persona.control_via_browser,
    'sm-session-server': server,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(persona.key_name)
    .setIssuedAt(issued)
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(persona.key));
}

/** The browser's package wants a whole address with `ws:` or `wss:`, or it asks someone else. */
function sessionServer(named: string): string {
  if (/^wss?:\/\//iu.test(named)) return named;
  const { hostname } = new URL(`wss://${named}`);
  return `${isLoopback(hostname) ? 'ws' : 'wss'}://${named}`;
}
