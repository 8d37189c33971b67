/** The moods and faults of the emulated gateway. Each holds until it is turned back, unless it says otherwise. */
export interface InworldKnobs {
  /** `refuse`: 401 to the upgrade; `unavailable`: 503; `silent`: the upgrade is never answered. */
  upgrade: 'accept' | 'refuse' | 'unavailable' | 'silent';
  /** The upgrade is answered so many milliseconds late. */
  upgradeAfterMs: number;
  /** The token call answers with this status; 200 is the true answer. */
  mintStatus: number;
  /** How long tokens last, seconds. The SDK calls five minutes and less "expired". */
  tokenLasts: number;
  /** Tokens of the next so many sockets are refused as if they were this, whatever they are. */
  token: { as: 'expired' | 'invalid'; times: number } | null;
  /** `unknown`: no such scene; `empty`: nobody in it; `silent`: loading never ends. */
  scene: 'known' | 'unknown' | 'empty' | 'silent';
  sceneAfterMs: number;
  /** `silent`: no conversation ever starts, which holds up every word. */
  conversation: 'started' | 'silent';
  /** An error frame at that moment, so many times; then the socket is closed, as a gateway must. */
  error: {
    at: 'open' | 'question' | 'answer' | 'now';
    type: string;
    reconnect: 'NO_RETRY' | 'IMMEDIATE' | 'TIMEOUT' | 'UNDEFINED';
    code: number;
    times: number;
    /** With `TIMEOUT`: from when on the client may come back. */
    reconnectAfterMs?: number;
    /** The old socket is closed only so much later: the race a good gateway avoids. */
    closeAfterMs?: number;
  } | null;
  /** The socket goes: before the scene, before the first question, at it, within the answer, after it, at once. 1006 is no goodbye at all. */
  drop: {
    when: 'open' | 'ready' | 'question' | 'answer' | 'answered' | 'now';
    code: number;
    times: number;
  } | null;
  /**
   * `unended`: all of it but the turn's end; `nothing`: not a word; `wordless`: a feeling and the turn's end;
   * `broken`: half a sentence, and no more; `endless`: text without end;
   * `text`: words without sound; `deaf`: goes on after it was told to stop.
   */
  answer: 'whole' | 'unended' | 'nothing' | 'wordless' | 'broken' | 'endless' | 'text' | 'deaf';
  /** The first chunk of sound of each answer: not decodable, no field for it, of no conversation, or an MP3 in name only. */
  sound: 'good' | 'bad' | 'missing' | 'stray' | 'mp3';
  /** Pieces each sentence's sound comes in. */
  pieces: number;
  /** How many times faster than anybody would it speaks. */
  haste: number;
  phonemes: boolean;
  /** Milliseconds from a question to its answer. */
  thinks: number;
  /** Milliseconds between two messages of an answer. */
  paceMs: number;
  /** Before each answer: no JSON, neither result nor error, a megabyte, a kind nobody knows, without ids, a null. */
  odd: readonly ('malformed' | 'neither' | 'huge' | 'unknown' | 'idless' | 'null')[];
  /** The emotion of each answer. */
  emotion: { behavior: string; strength: string };
  /** What the character does before it speaks; null: nothing. */
  narrates: string | null;
  /** It speaks up when told of a page, as its author may have made it. */
  reacts: boolean;
  /** What it understands when it hears something. */
  understands: string;
  /** The state call answers with this status; 200 is the true answer, 0 is none at all. */
  stateStatus: number;
  pingEveryMs: number;
  /** A socket without a word is closed after this. */
  idleAfterMs: number;
  /** A session without a socket is forgotten after this. */
  forgetAfterMs: number;
  /** Characters have pictures. */
  pictures: boolean;
}

export const defaults: Readonly<InworldKnobs> = {
  upgrade: 'accept',
  upgradeAfterMs: 0,
  mintStatus: 200,
  tokenLasts: 3600,
  token: null,
  scene: 'known',
  sceneAfterMs: 0,
  conversation: 'started',
  error: null,
  drop: null,
  answer: 'whole',
  sound: 'good',
  pieces: 2,
  haste: 1,
  phonemes: true,
  thinks: 0,
  paceMs: 10,
  odd: [],
  emotion: { behavior: 'JOY', strength: 'NORMAL' },
  narrates: null,
  reacts: false,
  understands: 'What is this page about?',
  stateStatus: 200,
  pingEveryMs: 5000,
  idleAfterMs: 60_000,
  forgetAfterMs: 30 * 60_000,
  pictures: false,
};
