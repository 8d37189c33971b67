/** Why a session ended, in the vendor's words. */
type Termination =
  | 'GRACEFUL_TERMINATION'
  | 'SESSION_EXPIRED_BEFORE_CONNECTION'
  | 'SESSION_LOST_AFTER_CONNECTION'
  | 'SESSION_MISC_ERROR'
  | 'MAX_ACTIVE_SESSION_QUOTA_EXCEEDED'
  | 'MAX_MIN_PER_SESSION_QUOTA_EXCEEDED'
  | 'TOTAL_MIN_PER_MONTH_QUOTA_EXCEEDED';

export interface PersoKnobs {
  /** Whether pages of any origin may call. The extension needs none of it where it has the permission. */
  cors: boolean;
  /** What new sessions can. Without `STF_WEBRTC` there is no avatar. */
  capability: readonly string[];

  /**
   * What a call of connecting meets: `refuses` 401, `unknown` 404, `busy` 503, `html` a gateway's
   * 502 page, `drops` a closed socket, `silent` no answer, `expired` a session that has ended.
   */
  connect:
    | 'answers'
    | 'refuses'
    | 'unknown'
    | 'busy'
    | 'html'
    | 'drops'
    | 'silent'
    | 'expired'
    | Termination;
  /** Which of the calls. */
  connectAt: 'session' | 'ice-servers' | 'exchange';
  /** Waited before each answer of connecting, ms. */
  connectAfterMs: number;
  /** All media goes along a road that can be cut; then a peer can be gone without a word. */
  cuttable: boolean;
  /** `unreachable`: an answer whose candidates lead nowhere; `streamless`: tracks outside a stream. */
  exchange: 'answers' | 'unreachable' | 'streamless' | 'nonsense';

  /** `never`: connected, but no picture or sound. May be turned while live. */
  media: 'flows' | 'never' | 'frozen';
  /**
   * Turned while live: `killed` says nothing, `closed` closes in order, `cut` is a network that is
   * gone until it `lives` again (of a `cuttable` one).
   */
  peer: 'lives' | 'killed' | 'closed' | 'cut';
  /** Turned while live: ends every session for that reason. */
  ends: Termination | 'A_REASON_OF_TOMORROW' | null;
  /** Turned while live: something strange over the channel of messages. */
  noise: 'none' | 'malformed' | 'unknown' | 'huge' | 'hollow';
  /** Whether pings are answered. */
  pings: boolean;
  /** Whether it is told when the avatar begins to speak. */
  tells: boolean;
  /** The share of every utterance that is really said: time is compressed by cutting it short. */
  speech: number;
  /** `unready` never lets the sound come, `twice` says once more that it may. */
  files: 'takes' | 'unready' | 'closes' | 'twice';

  /**
   * `drops` the socket closes before a word, `wordless` a refusal that says nothing of itself, `fails`
   * a line that says so, `cut` the socket closes in mid-answer, `endless` never stops talking, `loops`
   * asks for tools for ever, `split` cuts inside characters, `blank` a line without a word between
   * two, `events` all that servers of events may send besides, `unfinished` leaves out the last line
   * and the end of the one before, `huge` a megabyte of words, `silent` nothing, `hangs` stops in
   * mid-answer.
   */
  llm:
    | 'answers'
    | 'refuses'
    | 'wordless'
    | 'quota'
    | 'html'
    | 'drops'
    | 'fails'
    | 'cut'
    | 'hangs'
    | 'silent'
    | 'endless'
    | 'loops'
    | 'split'
    | 'blank'
    | 'events'
    | 'unfinished'
    | 'malformed'
    | 'huge'
    | 'empty';
  /** What a sign of life meets in a session without an avatar. */
  heartbeat: 'takes' | 'fails';
  /** From a question to the first words of its answer, and from words to their voice, ms. */
  thinks: number;
  voices: number;
  /** Between two pieces of an answer, ms. */
  paceMs: number;
  /** What it answers, instead of thinking. */
  answer: string | null;
  tts: 'speaks' | 'fails' | 'undecodable' | 'silent';
  stt: 'hears' | 'fails' | 'silent' | 'html';
  /** What it understands, whatever was said. */
  heard: string;
}

export const calm: PersoKnobs = {
  cors: true,
  capability: ['STF_WEBRTC', 'LLM', 'TTS', 'STT'],
  connect: 'answers',
  connectAt: 'session',
  connectAfterMs: 0,
  cuttable: false,
  exchange: 'answers',
  media: 'flows',
  peer: 'lives',
  ends: null,
  noise: 'none',
  pings: true,
  tells: true,
  speech: 1,
  files: 'takes',
  llm: 'answers',
  heartbeat: 'takes',
  thinks: 0,
  voices: 0,
  paceMs: 20,
  answer: null,
  tts: 'speaks',
  stt: 'hears',
  heard: 'what is this page about',
};

/** Knobs that tell when they are turned, since some mean something to sessions under way. */
export function watched(turned: (name: string) => void): PersoKnobs {
  return new Proxy(
    { ...calm },
    {
      set(knobs, name, value) {
        if (typeof name === 'symbol' || !(name in calm)) throw new Error(`No knob ${String(name)}`);
        Reflect.set(knobs, name, value);
        turned(name);
        return true;
      },
    },
  );
}
