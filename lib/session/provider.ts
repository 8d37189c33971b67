import type { Ear } from '@/lib/ears/ear';
import type { Emotion, VisemeCue } from '@/lib/face/cue';
import type { AppError } from '@/lib/errors';
import type { PageContext, Quote } from '@/lib/page/page';

export type ProviderId = 'local' | 'inworld' | 'perso' | 'soul-machines';

/** One vendor. Resolves when the avatar can be seen and heard. */
export interface Provider {
  /** Rejects with an `AppError`; by then nothing it started is left running. */
  open(opening: Opening): Promise<Connection>;
}

/** What a session may use, short-lived. The local one is made on the device from the settings. */
export type Grant = LocalGrant | InworldGrant | PersoGrant | SoulMachinesGrant;

/** What is true of the reader's side, whoever the avatar is. */
interface Common {
  /** 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  /** BCP 47, the language of the reader's browser. */
  readonly language: string;
}

export interface LocalGrant extends Common {
  readonly provider: 'local';
  /** `SpeechSynthesisVoice.voiceURI`, or null to choose by the answer's language. */
  readonly voice: string | null;
  /** Speaking rate, 0.5 to 2; 1 is the voice's own. */
  readonly rate: number;
  /** `companion` never uses the browser's language model, `auto` does where it is there. */
  readonly brain: 'auto' | 'companion';
  /** The reader agreed that their browser's maker turns what it hears into words. */
  readonly cloudEars?: boolean;
}

/** What an avatar of another maker needs besides its credential. */
interface Brokered extends Common {
  /** Relays the operator wants used; empty where they named none. */
  readonly iceServers: readonly RTCIceServer[];
  /** Media may only go through one of them. */
  readonly forceRelay: boolean;
}

export interface InworldGrant extends Brokered {
  readonly provider: 'inworld';
  readonly token: InworldToken;
  /** Another one for the same session, when this one ran out or was refused. Rejects with an `AppError`. */
  readonly freshToken: () => Promise<InworldToken>;
  readonly gateway: { readonly hostname: string; readonly ssl: boolean };
  /** `workspaces/…/scenes/…` or `workspaces/…/characters/…` */
  readonly scene: string;
  /** Who is talking, as far as they filled it in. */
  readonly reader: {
    readonly name: string | null;
    readonly fields: readonly { readonly id: string; readonly value: string }[];
  };
}

/** The names of the vendor's package. */
export interface InworldToken {
  readonly token: string;
  readonly type: 'Bearer';
  /** The vendor's session, not ours. */
  readonly sessionId: string;
  /** ISO 8601. */
  readonly expirationTime: string;
}

export interface PersoGrant extends Brokered {
  readonly provider: 'perso';
  /** The only credential of every later call. */
  readonly sessionId: string;
  /** Without a slash at the end. */
  readonly apiServer: string;
  /** What the avatar says first; null where its author wrote nothing. */
  readonly intro: string | null;
}

export interface SoulMachinesGrant extends Brokered {
  readonly provider: 'soul-machines';
  readonly credential:
    | { readonly kind: 'jwt'; readonly url: string; readonly jwt: string }
    /** Long-lived, and it names its own server. */
    | { readonly kind: 'api-key'; readonly key: string };
  /** Its author made an answer to the vendor's `PAGE_METADATA` intent, so a new page may be told aloud. */
  readonly pageMetadata: boolean;
}

export interface Opening {
  readonly grant: Grant;
  /** The adapter renders video in here; the portrait stands behind it. */
  readonly stage: HTMLElement;
  /** What was said before, oldest first, so that a conversation can go on. */
  readonly history: readonly Turn[];
  /** What the same vendor last gave as `resumable`; null at the first opening of a conversation. */
  readonly resume: string | null;
  /** Ends a half-open connection as well as a live one. */
  readonly signal: AbortSignal;
  /** Given at birth, so no event is lost. */
  readonly emit: (event: ProviderEvent) => void;
}

/** An opening with the grant of that very provider. */
export type OpeningOf<P extends ProviderId> = Opening & {
  readonly grant: Extract<Grant, { readonly provider: P }>;
};

export function isFor<P extends ProviderId>(
  opening: Opening,
  provider: P,
): opening is OpeningOf<P> {
  return opening.grant.provider === provider;
}

export interface Turn {
  readonly who: Speaker;
  readonly text: string;
}

export interface Connection {
  /** A language model stands behind it, so it can be asked anything, such as to translate. */
  readonly model?: boolean;
  /** It may be asked with a context that is still becoming `whole`. */
  readonly early?: boolean;
  /** Resolves when accepted, not when answered. */
  ask(question: string, context: PageContext | null): Promise<void>;
  /** Called inside a click with `false` it also unlocks sound that the browser held back. */
  mute(muted: boolean): Promise<void>;
  /** May be called twice; never rejects. */
  close(): Promise<void>;
  /** Told silently, colours the next turn. */
  look?(context: PageContext): Promise<void>;
  /** These very words. */
  speak?(text: string): Promise<void>;
  /** Silence now, and what is asked right behind it is answered. Absent = this vendor cannot; no button is drawn. */
  interrupt?(): Promise<void>;
  /** The room for its picture has changed, CSS px. Absent: its picture has one size. */
  resize?(width: number, height: number): Promise<void>;
  /** Lets another of its `cast` speak. */
  cast?(id: string): Promise<void>;
  /** Hears the reader from now on; null: no more. Absent: it has no ears. */
  hear?(ear: Ear | null): Promise<void>;
  /** Silent before it returns, while the reader may be about to cut in; what it says meanwhile is lost. */
  hold?(on: boolean): void;
  /** 0 to 1. Absent: it can only be muted. */
  volume?(level: number): Promise<void>;
  /** Where sound goes, by the device's id; '' is the system's choice. Absent: always there. */
  sink?(deviceId: string): Promise<void>;
  /** How the line is, for diagnostics. Absent: nobody can tell. */
  measure?(): Promise<RTCStatsReport | null>;
}

export type Speaker = 'reader' | 'avatar';
/** `loading`: our own code; `preparing`: the other side makes the avatar ready; `media`: its picture is on the way. */
export type Step = 'grant' | 'loading' | 'connecting' | 'preparing' | 'media';

export type Ending =
  /**
   * `limit`: the service gives no more time; `idle`: nobody was there; `moved`: another window took
   * the session over; `policy`: an organisation will not have it.
   */
  | { readonly by: 'user' | 'avatar' | 'limit' | 'idle' | 'moved' | 'policy' }
  | { readonly by: 'error'; readonly error: AppError };

export type ProviderEvent = Lifecycle | Speech | Standing;

export type Lifecycle =
  | { readonly type: 'progress'; readonly step: Step; readonly percent: number | null }
  | { readonly type: 'dropped' }
  | { readonly type: 'restored' }
  /** The last event, once. */
  | { readonly type: 'ended'; readonly ending: Ending };

export type Speech =
  | { readonly type: 'speaking'; readonly who: Speaker | null }
  /** The whole text so far; `final` once, last, per id. `cut`: it was interrupted. */
  | {
      readonly type: 'said';
      readonly id: string;
      readonly who: Speaker;
      readonly text: string;
      readonly final: boolean;
      readonly cut?: boolean;
      readonly quotes?: readonly Quote[];
      /** Not said but done: “She smiles.” Shown in italics, never spoken. */
      readonly narrated?: boolean;
    }
  /** The reader's spoken words, understood. The panel asks them as it would typed ones. */
  | { readonly type: 'asked'; readonly id: string; readonly text: string }
  /** Shown with the message `id`, which may be an empty one. */
  | { readonly type: 'card'; readonly id: string; readonly card: Card }
  /** The avatar used something of the page on its own account; the reader sees each time. */
  | { readonly type: 'looked'; readonly id: string; readonly at: Look }
  /** It wants this passage shown on the page. */
  | { readonly type: 'pointed'; readonly text: string }
  /** The characters of message `id` (UTF-16 offsets) being spoken now. */
  | { readonly type: 'spoken'; readonly id: string; readonly from: number; readonly to: number }
  /** For a vendor without a face of its own; an empty list closes the mouth now. */
  | { readonly type: 'visemes'; readonly cues: readonly VisemeCue[] }
  | { readonly type: 'emotion'; readonly emotion: Emotion }
  /** Whether it can be heard. `none`: no voice on this machine; `blocked`: the browser wants a click first. */
  | { readonly type: 'voice'; readonly state: 'heard' | 'none' | 'blocked' }
  /** A question could not be answered; the session goes on. */
  | { readonly type: 'failed'; readonly error: AppError };

/** What holds until it is told otherwise. Nothing is said by it. */
export type Standing =
  /** Whether the vendor's video can be seen now; without one the portrait is seen. */
  | { readonly type: 'video'; readonly state: 'none' | 'shown' | 'stalled' }
  /** Who is in the scene, and who is spoken to; told where there is more than one. */
  | { readonly type: 'cast'; readonly members: readonly Member[]; readonly current: string }
  /** Versions and the like, for diagnostics: names and values in the vendor's words, nothing secret. */
  | { readonly type: 'details'; readonly details: Readonly<Record<string, string>> }
  /** Handed back at the next opening, so that the vendor remembers; null: it cannot any more. */
  | { readonly type: 'resumable'; readonly token: string | null };

export interface Member {
  readonly id: string;
  readonly name: string;
}

/** What a vendor can show beside its words. All text is plain text; addresses are `https:` or `http:`. */
export type Card =
  | { readonly kind: 'text'; readonly title: string | null; readonly text: string }
  /** Shown as a link: pictures of others are never loaded. */
  | { readonly kind: 'image'; readonly url: string; readonly alt: string }
  | {
      readonly kind: 'link';
      readonly url: string;
      readonly title: string;
      readonly text: string | null;
    }
  /** Each is a question to ask with one click. */
  | { readonly kind: 'options'; readonly options: readonly Option[] };

export interface Option {
  readonly label: string;
  /** What is asked. */
  readonly value: string;
}

/** What of the page was used, and how; `about`: what was looked for, or shown. */
export interface Look {
  readonly tool: 'read_page' | 'read_selection' | 'find_in_page' | 'show_passage';
  readonly about: string | null;
  /** It was refused: the site's rung is too low, or there is no such thing. */
  readonly refused: boolean;
}
