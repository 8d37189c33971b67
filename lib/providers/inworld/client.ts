import {
  DialogParticipant,
  InworldClient,
  type ClientConfiguration,
  type SessionToken,
} from '@inworld/web-core';
import { AppError } from '@/lib/errors';
import type { InworldGrant, OpeningOf } from '@/lib/session/provider';
import { within, type Timing } from '@/lib/session/timing';

/** Phrases of the conversation so far that are handed to a new session. */
const remembered = 40;

export interface Patience {
  readonly timing: Timing;
  /** For another token, in milliseconds. */
  readonly token: number;
  readonly signal: AbortSignal;
}

/** The SDK's client, told everything but whom to call back. */
export function clientFor(opening: OpeningOf<'inworld'>, patience: Patience): InworldClient {
  const { grant } = opening;
  const client = new InworldClient()
    .setScene(grant.scene)
    .setConfiguration(configurationFor(grant))
    .setGenerateSessionToken(tokensOf(grant, patience));
  introduce(client, grant.reader);
  remember(client, opening);
  return client;
}

function configurationFor({ gateway }: InworldGrant): ClientConfiguration {
  return {
    connection: { autoReconnect: false, gateway: { ...gateway } },
    // As devices play. The SDK's 16 kHz would dull a voice of 22. Its fade of half a second is no silence.
    audioPlayback: { sampleRate: 48_000, stop: { duration: 40, ticks: 4 } },
    capabilities: {
      audio: true,
      emotions: true,
      interruptions: true,
      narratedActions: true,
      phonemes: true,
      pingPongReport: true,
      // How long the reader waited is nobody's business.
      perceivedLatencyReport: false,
      logsWarning: false,
      logsInfo: false,
    },
  };
}

/** The first one is the grant's; whenever the SDK asks again it wants another. */
function tokensOf(grant: InworldGrant, { timing, token: patience, signal }: Patience) {
  let first = true;
  return async (): Promise<SessionToken> => {
    if (signal.aborted) throw new AppError('aborted');
    const good = first && Date.parse(grant.token.expirationTime) > Date.now();
    first = false;
    const token = good ? grant.token : await within(timing, patience, signal, grant.freshToken());
    return { ...token };
  };
}

/** Only what was filled in. With an id, or the SDK would make one and store it for good. */
function introduce(client: InworldClient, { name, fields }: InworldGrant['reader']): void {
  if (name === null && fields.length === 0) return;
  client.setUser({
    id: crypto.randomUUID(),
    ...(name !== null && { fullName: name }),
    profile: { fields: fields.map((field) => ({ ...field })) },
  });
}

function remember(client: InworldClient, { history, resume }: OpeningOf<'inworld'>): void {
  if (resume !== null) {
    client.setSessionContinuation({ previousState: resume });
  } else if (history.length > 0) {
    client.setSessionContinuation({
      previousDialog: history.slice(-remembered).map(({ who, text }) => ({
        talker: who === 'reader' ? DialogParticipant.PLAYER : DialogParticipant.CHARACTER,
        phrase: text,
      })),
    });
  }
}
