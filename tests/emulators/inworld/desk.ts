import type { WebSocket } from 'ws';
import type { InworldKnobs } from './knobs.ts';
import type { Session } from './session.ts';

/** One client packet, as far as the gateway looks at it. */
export interface Packet {
  readonly packetId?: Readonly<Record<string, string>>;
  readonly routing?: { readonly target?: { readonly name?: string } };
  readonly text?: { readonly text: string };
  readonly custom?: {
    readonly name: string;
    readonly type: string;
    readonly parameters?: readonly { readonly name: string; readonly value: unknown }[];
  };
  readonly action?: { readonly narratedAction?: { readonly content: string } };
  readonly dataChunk?: { readonly type: string; readonly chunk: string };
  readonly mutation?: {
    readonly loadScene?: { readonly name: string };
    readonly loadCharacters?: { readonly name: readonly { readonly name: string }[] };
    readonly unloadCharacters?: { readonly agents: readonly { readonly agentId: string }[] };
    readonly cancelResponses?: {
      readonly interactionId?: string;
      readonly utteranceId?: readonly string[];
    };
  };
  readonly control?: {
    readonly action: string;
    readonly sessionConfiguration?: Configuration;
    readonly conversationUpdate?: {
      readonly participants: readonly { readonly name?: string; readonly type: string }[];
    };
    readonly audioSessionStart?: { readonly mode?: string; readonly understandingMode?: string };
  };
  readonly latencyReport?: { readonly pingPong?: { readonly type: string } };
}

export interface Configuration {
  readonly capabilitiesConfiguration?: Readonly<Record<string, boolean>>;
  readonly userConfiguration?: { readonly name?: string };
  readonly continuation?: {
    readonly dialogHistory?: {
      readonly history: readonly {
        readonly actor: { readonly type: 'PLAYER' | 'AGENT' };
        readonly text: string;
      }[];
    };
    readonly externallySavedState?: string;
  };
}

/** What a packet meets: the session it belongs to and the ways to answer. */
export interface Desk {
  readonly session: Session;
  readonly socket: WebSocket;
  readonly knobs: InworldKnobs;
  readonly address: string;
  readonly told: (what: string, body: unknown) => void;
  readonly unknown: (what: string) => void;
  readonly send: (result: object) => void;
  /** An error frame, as the knobs have it, when it is time for one; then the socket goes. @returns whether */
  readonly fails: (at: 'open' | 'question' | 'answer' | 'now') => boolean;
  readonly refuse: (
    type: string,
    code: number,
    reconnect: string,
    more?: Pick<NonNullable<InworldKnobs['error']>, 'reconnectAfterMs' | 'closeAfterMs'>,
  ) => void;
  /** @returns whether the socket is gone */
  readonly drops: (when: 'open' | 'ready' | 'question' | 'answer' | 'answered' | 'now') => boolean;
}
