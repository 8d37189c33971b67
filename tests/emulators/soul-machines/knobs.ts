/** Where in setting up a session something goes wrong; `open` is right after the upgrade. */
export type Stage = 'open' | 'established' | 'accepted' | 'answer' | 'connected';

/** Moods and faults of the emulated Soul Machines. */
export interface SoulMachinesKnobs {
  /** What the upgrade to a socket meets: an HTTP status, or no answer at all. */
  upgrade: 'accept' | 'never' | number;
  /** What the token and key endpoints meet; `never`: no answer, `html`: a page instead of JSON. */
  credentials: 'good' | 'never' | 'html' | number;
  /** The token handed out is signed with another key, has run out, is not valid yet, or only for a moment. */
  token: 'good' | 'forged' | 'expired' | 'early' | 'brief';
  /** Milliseconds before each message of the set-up. */
  slow: number;
  /** From that stage on it says nothing more. */
  silentAt: Stage | null;
  /** At that stage it waits until this is taken back. */
  waitsAt: Stage | null;
  /** At that stage it closes the socket with that code, without a message. */
  closeAt: { readonly stage: Stage; readonly code: number } | null;
  /** At that stage it says `close` with that reason: `noScene`, `sessionTimeout`, … */
  refuseAt: { readonly stage: Stage; readonly reason: string } | null;
  /** So many sessions meet `refuseAt` or `closeAt`; then it is well again. */
  refusals: number;
  /**
   * `none`: connected, but neither picture nor sound; `unreachable`: no candidate leads anywhere;
   * `cuttable`: over a network that `cut` and `mend` know.
   */
  media: 'both' | 'none' | 'unreachable' | 'cuttable';
  /** `connected` before the answer, in the trap of the client's own state. */
  connectedFirst: boolean;
  /** Sends what the client throws away or trips over: broken JSON, unknown names, lacking fields. */
  odd: boolean;
  /** Asks for the client's log to be sent up. */
  wantsLog: boolean;
  /** Mutes the client's microphone while it speaks, and so long after, ms; -1 is never. */
  microphoneMuteDelay: number;
  /** Names itself as one to come back to. */
  resumable: boolean;
  /** Lets the browser relay what the conversation's own server says. */
  control: 'none' | 'relay' | 'refuses' | 'drops';
  /** Says this when the picture is on; null: waits to be spoken to. */
  greeting: string | null;
  /** Milliseconds from a question to its answer. */
  thinks: number;
  /** `quick`: the words and states of speaking without the sound, in a moment; for long runs. */
  speech: 'aloud' | 'quick';
  /** How an answer ends: never, not even with words, or with an error of the conversation. */
  answers: 'well' | 'endlessly' | 'not at all' | 'with an error' | 'in words only';
  /** Drops the socket, without a close frame, at that moment of the first turn. */
  dropTurn: 'before' | 'during' | 'after' | null;
  /** Does not reply to requests, though it does what they ask. */
  mute: boolean;
  /** What it understands when it has heard somebody speak; null: nothing. */
  recognises: string | null;
  /** The version it says it runs on. */
  platform: string;
}

/** Something done at once, to every session that is open. */
export type Deed =
  | { readonly do: 'drop' }
  | { readonly do: 'close'; readonly code: number }
  | { readonly do: 'bye'; readonly reason: string }
  | { readonly do: 'cut' | 'mend' | 'freeze' | 'freeze everything' | 'thaw' }
  /** Nothing gets through in either direction, neither media nor messages, and nobody is told. */
  | { readonly do: 'part' | 'rejoin' }
  /** The peer is gone without a word; the socket stays. */
  | { readonly do: 'kill' }
  | { readonly do: 'send'; readonly text: string }
  | { readonly do: 'say'; readonly text: string };

export const sober: SoulMachinesKnobs = {
  upgrade: 'accept',
  credentials: 'good',
  token: 'good',
  slow: 0,
  silentAt: null,
  waitsAt: null,
  closeAt: null,
  refuseAt: null,
  refusals: Number.POSITIVE_INFINITY,
  media: 'both',
  connectedFirst: false,
  odd: false,
  wantsLog: false,
  microphoneMuteDelay: -1,
  resumable: false,
  control: 'none',
  greeting: null,
  thinks: 30,
  speech: 'aloud',
  answers: 'well',
  dropTurn: null,
  mute: false,
  recognises: null,
  platform: '24.2.0',
};
