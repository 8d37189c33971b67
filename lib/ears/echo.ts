import { createFloor } from '@/lib/ears/floor';

/** What is made of a frame while the avatar can be heard. */
type Verdict =
  /** Maybe a voice: whoever can silences the avatar until it is clear. */
  | { readonly type: 'suspected' }
  /** There was none. */
  | { readonly type: 'cleared' }
  /** It is one; `frames`: for how many of them, this one included. */
  | { readonly type: 'voice'; readonly frames: number };

/** Tells a voice from the avatar's own, which comes back through the room. Frames are 20 ms. */
export interface Echo {
  /**
   * @param isSound - whether it is louder than the room.
   * @param holds - whether the avatar is silent while a voice is suspected.
   */
  push(level: number, isSound: boolean, holds: boolean): Verdict | null;
  /** The avatar speaks no more, or nobody listens. What is known of the room stays. */
  rest(): void;
}

interface Suspicion {
  readonly isProbe: boolean;
  /** Frames since, and how many of them are too late to be an echo. */
  age: number;
  late: number;
  /** dB; of those that may have been an echo. */
  loudest: number;
}

/**
 * What is louder than all that came back lately is a voice, if it lasts. At the first sign of it the
 * avatar is silenced. As long as nobody knows how loud it comes back at all, that silence tells:
 * an echo ends with it, a voice does not.
 */
export function createEcho(): Echo {
  const memory = createFloor();
  /** dB: the loudest that came back lately. */
  let echo = silence;
  let sounded = 0;
  let listened = 0;
  let clearedAt = -Infinity;
  /** Whether each of the last frames was above it, newest last. */
  let recent: boolean[] = [];
  let suspicion: Suspicion | null = null;

  const remember = (level: number) => {
    echo = -memory.push(-level);
  };
  const rest = () => {
    recent = [];
    suspicion = null;
  };
  const firstOf = (frames: readonly boolean[]) => frames.length - frames.indexOf(true);
  const count = (of: number) => recent.slice(-of).filter(Boolean).length;

  function clear(loudest: number, isProbe: boolean): Verdict {
    // Once it may have been a cough; twice it is the room.
    const isRoom = isProbe || listened - clearedAt < twice;
    remember(isRoom ? loudest : Math.min(loudest, echo + cough));
    if (isProbe) sounded = learning;
    clearedAt = listened;
    rest();
    return { type: 'cleared' };
  }

  function voice(frames: number): Verdict {
    rest();
    return { type: 'voice', frames };
  }

  return {
    push(level, isSound, holds) {
      listened += 1;
      if (isSound) sounded += 1;
      const isKnown = sounded > learning || listened > onItsWay;
      if (!isKnown && !holds) {
        remember(level);
        return null;
      }
      const isAbove = isSound && (!isKnown || level > echo + margin);
      recent = [...recent, isAbove].slice(-onset.of);
      if (!suspicion) {
        // Slowly: a voice that cuts in must not be taken for the echo it is louder than.
        remember(Math.min(level, echo + rise));
        if (isKnown && !holds && count(onset.of) >= onset.loud) {
          return voice(firstOf(recent));
        }
        if (!holds || count(sign.of) < sign.loud) return null;
        suspicion = { isProbe: !isKnown, age: 0, late: 0, loudest: level };
        return { type: 'suspected' };
      }
      suspicion.age += 1;
      const { isProbe, age, loudest } = suspicion;
      if (age <= wayBack) suspicion.loudest = Math.max(loudest, level);
      else if (isSound && level > loudest - fading) suspicion.late += 1;
      if (suspicion.late >= proof) return voice(age + sign.of);
      if (!isProbe && count(onset.of) >= onset.loud) return voice(firstOf(recent));
      if (age < wayBack + waiting) return null;
      return clear(suspicion.loudest, isProbe);
    },
    rest,
  };
}

const silence = -100;
/** A first sign of a voice, and a voice. A click is loud for one or two frames, a syllable for six. */
const sign = { loud: 3, of: 4 };
const onset = { loud: 11, of: 18 };
/** Frames of the avatar's voice after which its echo is known. */
const learning = 20;
/** Frames from the word that it speaks until it can be heard at the latest: it comes over a network. */
const onItsWay = 50;
/** Frames until a silence at the loudspeaker is one at the microphone as well. */
const wayBack = 15;
/** Frames that are loud after that prove a voice, and for how many it is waited. */
const proof = 4;
const waiting = 12;
/** dB a voice must be over the echo. */
const margin = 6;
/** dB a frame: how fast the echo is believed to be louder. */
const rise = 0.3;
/** dB by which one cough makes the echo louder. */
const cough = 6;
/** dB by which a room takes the avatar's last sound down on its way back. */
const fading = 12;
/** Frames within which a second suspicion is no chance. */
const twice = 160;
