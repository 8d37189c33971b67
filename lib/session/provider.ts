import type { Emotion, VisemeCue } from '@/lib/face/cue';
import type { AppError } from '@/lib/errors';
import type { PageContext, Quote } from '@/lib/page/page';

export type ProviderId = 'local';

/** One vendor. Resolves when the avatar can be seen and heard. */
export interface Provider {
  /** Rejects with an `AppError`; by then nothing it started is left running. */
  open(opening: Opening): Promise<Connection>;
}

/** What a session may use, short-lived. The local one is made on the device from the settings. */
export type Grant = LocalGrant;

export interface LocalGrant {
  readonly provider: 'local';
  /** `SpeechSynthesisVoice.voiceURI`, or null to choose by the answer's language. */
  readonly voice: string | null;
  /** Speaking rate, 0.5 to 2; 1 is the voice's own. */
  readonly rate: number;
  /** 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  /** `companion` never uses the browser's language model, `auto` does where it is there. */
  readonly brain: 'auto' | 'companion';
  /** BCP 47, the language of the reader's browser. */
  readonly language: string;
}

export interface Opening {
  readonly grant: Grant;
  /** The adapter renders video in here; the portrait stands behind it. */
  readonly stage: HTMLElement;
  /** Stays the caller's: never stop it. */
  readonly microphone: MediaStreamTrack | null;
  /** What was said before, oldest first, so that a conversation can go on. */
  readonly history: readonly Turn[];
  /** Ends a half-open connection as well as a live one. */
  readonly signal: AbortSignal;
  /** Given at birth, so no event is lost. */
  readonly emit: (event: ProviderEvent) => void;
}

export interface Turn {
  readonly who: Speaker;
  readonly text: string;
}

export interface Connection {
  /** A language model stands behind it, so it can be asked anything, such as to translate. */
  readonly model?: boolean;
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
  /** Silence now. Absent = this vendor cannot; no button is drawn. */
  interrupt?(): Promise<void>;
}

export type Speaker = 'reader' | 'avatar';
export type Step = 'grant' | 'loading' | 'connecting' | 'media';

export type Ending =
  /** `moved`: another window took the session over. */
  | { readonly by: 'user' | 'avatar' | 'limit' | 'moved' }
  | { readonly by: 'error'; readonly error: AppError };

export type ProviderEvent = Lifecycle | Speech;

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
    }
  /** The characters of message `id` (UTF-16 offsets) being spoken now. */
  | { readonly type: 'spoken'; readonly id: string; readonly from: number; readonly to: number }
  /** For a vendor without a face of its own; an empty list closes the mouth now. */
  | { readonly type: 'visemes'; readonly cues: readonly VisemeCue[] }
  | { readonly type: 'emotion'; readonly emotion: Emotion }
  /** Whether it can be heard. `none`: no voice on this machine; `blocked`: the browser wants a click first. */
  | { readonly type: 'voice'; readonly state: 'heard' | 'none' | 'blocked' }
  /** A question could not be answered; the session goes on. */
  | { readonly type: 'failed'; readonly error: AppError };
