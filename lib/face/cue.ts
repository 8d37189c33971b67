/** The 15 mouth shapes of the Oculus set (Meta, "Viseme Reference"), silence first. */
export const visemes = [
  'sil',
  'PP',
  'FF',
  'TH',
  'DD',
  'kk',
  'CH',
  'SS',
  'nn',
  'RR',
  'aa',
  'E',
  'I',
  'O',
  'U',
] as const;
export type Viseme = (typeof visemes)[number];

/** One mouth shape in time. A cue holds until the next one begins. */
export interface VisemeCue {
  readonly viseme: Viseme;
  /** When it is heard: milliseconds on the `performance.now()` clock. */
  readonly at: number;
  /** How strongly it is spoken, 0 to 1. */
  readonly weight: number;
}

export const emotions = [
  'neutral',
  'joy',
  'interest',
  'surprise',
  'concern',
  'sadness',
  'doubt',
  'pride',
] as const;
export type Emotion = (typeof emotions)[number];

/** What the portrait is doing, readable without words. */
export type Pose = 'asleep' | 'attentive' | 'listening' | 'thinking' | 'speaking' | 'troubled';

/** Where the eyes go. */
export type Gaze = 'reader' | 'page' | 'composer' | 'aside';
