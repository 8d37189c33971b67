import type { Viseme } from '@/lib/face/cue';
import type { TimedWord } from '@/lib/voice/timing';

/**
 * A voice for machines without one: a buzzing throat and hissing teeth through three resonances,
 * the vowels where Peterson & Barney (1952) measured them. Nobody would take it for a person, but
 * it has the length, the pitch, the loudness and the pauses of speech.
 */
export function hum(words: readonly TimedWord[], duration: number, rate: number): Int16Array {
  const out = new Float64Array(Math.round((duration / 1000) * rate));
  const resonances = [createResonance(rate), createResonance(rate), createResonance(rate)];
  const sounds = spread(words);
  let formants = places.sil.formants;
  let [voiced, hiss, phase, noise] = [0, 0, 0, 1];
  let next = 0;
  let now = places.sil;
  for (let i = 0; i < out.length; i += 1) {
    const time = (i / rate) * 1000;
    for (let due = sounds[next]; due && due.at <= time; due = sounds[next]) {
      now = places[due.viseme];
      next += 1;
    }
    // Mouths glide: everything moves towards its new place within some 15 ms.
    const glide = 1 - Math.exp(-1000 / (rate * 15));
    voiced += (now.voiced - voiced) * glide;
    hiss += (now.hiss - hiss) * glide;
    const { formants: aims } = now;
    formants = [
      formants[0] + (aims[0] - formants[0]) * glide,
      formants[1] + (aims[1] - formants[1]) * glide,
      formants[2] + (aims[2] - formants[2]) * glide,
    ];
    // A statement falls, and no two words are said on one note.
    const pitch = 138 - (30 * time) / duration + 8 * Math.sin(time / 170);
    phase = (phase + pitch / rate) % 1;
    noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
    const breath = noise / 2 ** 31 - 1;
    let sample = voiced * (2 * phase - 1) + hiss * breath * 0.4;
    const driven = sample;
    sample = 0;
    for (const [k, resonance] of resonances.entries()) {
      sample += resonance(driven, formants[k] ?? 0) * (1 - 0.25 * k);
    }
    out[i] = sample;
  }
  return levelled(out);
}

interface Place {
  readonly formants: readonly [number, number, number];
  /** How much the vocal cords sound, and how much air rushes. */
  readonly voiced: number;
  readonly hiss: number;
}

const place = (f1: number, f2: number, f3: number, voiced: number, hiss: number): Place => ({
  formants: [f1, f2, f3],
  voiced,
  hiss,
});

const places: Readonly<Record<Viseme, Place>> = {
  sil: place(500, 1500, 2500, 0, 0),
  PP: place(300, 900, 2300, 0.15, 0.02),
  FF: place(400, 1400, 2700, 0.05, 0.3),
  TH: place(400, 1500, 2600, 0.15, 0.25),
  DD: place(400, 1700, 2600, 0.25, 0.15),
  kk: place(350, 1900, 2500, 0.1, 0.2),
  CH: place(350, 2000, 2800, 0.05, 0.7),
  SS: place(350, 2600, 3900, 0.02, 0.8),
  nn: place(280, 1400, 2400, 0.5, 0),
  RR: place(420, 1300, 1700, 0.6, 0),
  aa: place(730, 1090, 2440, 1, 0.02),
  E: place(530, 1840, 2480, 0.9, 0.02),
  I: place(300, 2250, 2950, 0.8, 0.02),
  O: place(570, 840, 2410, 0.9, 0.02),
  U: place(320, 870, 2240, 0.8, 0.02),
};

/** All sounds with their time, and silence after a word that a pause follows. */
function spread(words: readonly TimedWord[]): { at: number; viseme: Viseme }[] {
  return words.flatMap(({ start, duration, sounds }, i) => {
    const total = sounds.reduce((sum, sound) => sum + sound.duration, 0);
    let at = start;
    const spoken = sounds.map((sound) => {
      const begun = { at, viseme: sound.viseme };
      at += (sound.duration / total) * duration;
      return begun;
    });
    const follows = words[i + 1]?.start ?? Infinity;
    return follows - at > 40 ? [...spoken, { at, viseme: 'sil' as const }] : spoken;
  });
}

/** A two-pole resonance of 90 Hz width whose place may move while it sounds. */
function createResonance(rate: number): (driven: number, frequency: number) => number {
  let [one, two] = [0, 0];
  const radius = Math.exp((-Math.PI * 90) / rate);
  return (driven, frequency) => {
    const turn = 2 * radius * Math.cos((2 * Math.PI * frequency) / rate);
    const sample = (1 - radius) * driven + turn * one - radius * radius * two;
    two = one;
    one = sample;
    return sample;
  };
}

function levelled(samples: Float64Array): Int16Array {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const gain = peak === 0 ? 0 : 20_000 / peak;
  return Int16Array.from(samples, (sample) => Math.round(sample * gain));
}
