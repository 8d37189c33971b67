/** How long anything may take, milliseconds: the vendor's SDK has no limit of its own. */
export interface Limits {
  /** From the first request to `connected`. The session as a whole allows 15 s for opening. */
  readonly connect: number;
  /** From there to the first picture. */
  readonly picture: number;
  /** For a request to be acknowledged. */
  readonly request: number;
  /** From a question to anything of its answer. */
  readonly answer: number;
  /** From the words of an answer to its sound; then they are shown without. */
  readonly voice: number;
  /** The least that is allowed for speaking one answer; long ones get three times their estimate. */
  readonly speech: number;
  /** A line that is down may come back for so long. */
  readonly down: number;
  /** Without a new picture for so long it is called stalled, and after `frozen` lost. */
  readonly stalled: number;
  readonly frozen: number;
  /** Attempts to find a free avatar, and the pause between them. */
  readonly tries: number;
  readonly pause: number;
}

export const limits: Limits = {
  connect: 9000,
  picture: 5000,
  request: 8000,
  answer: 25_000,
  voice: 5000,
  speech: 30_000,
  down: 10_000,
  stalled: 3000,
  frozen: 20_000,
  tries: 3,
  pause: 700,
};
