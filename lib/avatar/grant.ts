import { inworldGateway, persoServer } from '@/lib/avatar/maker';
import { plainToken, tokenFrom } from '@/lib/avatar/token';
import type { BrokeredSession } from '@/lib/broker/contract';
import type { BrokerGrant } from '@/lib/broker/grants';
import { AppError } from '@/lib/errors';
import { introductionOf } from '@/lib/reader';
import type { Grant, InworldToken } from '@/lib/session/provider';
import type { ReaderProfile } from '@/lib/settings';

/** What is true of the reader's side, whoever hands out the credential. */
export interface Reader {
  readonly volume: number;
  readonly muted: boolean;
  readonly language: string;
  /** For the one maker that has a use for it. */
  readonly profile: ReaderProfile;
}

/** Gets another token for the same session. Rejects with an `AppError`. */
export type FreshToken = () => Promise<InworldToken>;

/** What the service handed out, as the maker's adapter wants it. */
export function grantFrom(granted: BrokerGrant, reader: Reader, freshToken: FreshToken): Grant {
  return granted.kind === 'session'
    ? fromSession(granted.session, reader, freshToken)
    : fromPlain(granted, reader, freshToken);
}

/** For a key of the reader's own, which the maker's adapter itself asks its server with. */
export function keyGrant(key: string | null, { volume, muted, language }: Reader): Grant {
  if (key === null) throw new AppError('vendor_refused');
  return {
    volume,
    muted,
    language,
    provider: 'soul-machines',
    credential: { kind: 'api-key', key },
    pageMetadata: false,
    iceServers: [],
    forceRelay: false,
  };
}

function fromSession(
  session: BrokeredSession,
  { profile, ...reader }: Reader,
  freshToken: FreshToken,
): Grant {
  const { ice_servers: iceServers, force_relay: forceRelay } = session;
  const common = { ...reader, iceServers: iceServers.map(iceServer), forceRelay };
  switch (session.provider) {
    case 'inworld': {
      const { gateway, scene } = session.connect;
      const token = tokenFrom(session.credential);
      const told = introductionOf(profile);
      return { ...common, provider: 'inworld', token, freshToken, gateway, scene, reader: told };
    }
    case 'perso': {
      const { api_server: apiServer, intro_message: intro } = session.connect;
      return {
        ...common,
        provider: 'perso',
        sessionId: session.credential.value,
        apiServer,
        intro,
      };
    }
    case 'soul-machines': {
      const { connect, credential } = session;
      const pageMetadata = isTold(connect);
      if (credential.kind === 'soul-machines-api-key') {
        const key = { kind: 'api-key', key: credential.value } as const;
        return { ...common, provider: 'soul-machines', credential: key, pageMetadata };
      }
      if (connect.url === null) throw new AppError('broker_failed');
      const jwt = { kind: 'jwt', url: connect.url, jwt: credential.value } as const;
      return { ...common, provider: 'soul-machines', credential: jwt, pageMetadata };
    }
  }
}

/** In the shape of each maker's own samples; none of the three needs the same. */
function fromPlain(
  { provider, answer }: Extract<BrokerGrant, { kind: 'plain' }>,
  { profile, ...reader }: Reader,
  freshToken: FreshToken,
): Grant {
  const common = { ...reader, iceServers: [], forceRelay: false };
  if (provider === 'soul-machines' && 'jwt' in answer) {
    const credential = { kind: 'jwt', ...answer } as const;
    return { ...common, provider, credential, pageMetadata: false };
  }
  if (provider === 'perso' && !('token' in answer) && !('jwt' in answer)) {
    return { ...common, provider, ...answer, apiServer: persoServer, intro: null };
  }
  // An Inworld token says nothing of the scene, and a plain server has no place to.
  if (provider === 'inworld' && 'token' in answer) {
    const token = plainToken(answer);
    const gateway = inworldGateway;
    const told = introductionOf(profile);
    return { ...common, provider, token, freshToken, gateway, scene: '', reader: told };
  }
  throw new AppError('broker_failed');
}

type IceServer = BrokeredSession['ice_servers'][number];

function iceServer({ urls, username, credential }: IceServer): RTCIceServer {
  return {
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  };
}

/** Whether the operator says that the avatar has an answer to being told of a new page. */
function isTold(connect: object): boolean {
  return 'page_metadata' in connect && connect.page_metadata === true;
}
