/** How long is waited, ms. The vendor's client has no limit for its calls, only for the line itself. */
export interface Limits {
  /** From the first call to the line. The session as a whole allows 15 s for opening. */
  readonly connect: number;
  /** From our offer to a stream and an open channel. */
  readonly ready: number;
  /** From the line to the first picture. */
  readonly picture: number;
  /** A way that broke may be found again within that time. */
  readonly back: number;
  /** The other side echoes a ping each second; one that has not for that long is not there. */
  readonly silent: number;
  /** Between two signs of life of a session without an avatar. */
  readonly heartbeat: number;
  /** Without a new picture for that long it stands still. */
  readonly still: number;
  /** From one word of an answer to the next. */
  readonly words: number;
  /** For a sentence to be spoken, and for the sound to go up. */
  readonly voice: number;
  /** For the avatar to begin with what it was given. */
  readonly begin: number;
  /** For the reader's words to be understood. */
  readonly understand: number;
  /** For the question why it ended: nobody should wait for a reason. */
  readonly reason: number;
  /** The panel is dragged wider step by step: only where it comes to rest counts. */
  readonly rest: number;
}

export const usual: Limits = {
  connect: 12_000,
  ready: 5000,
  picture: 6000,
  back: 6000,
  silent: 30_000,
  heartbeat: 10_000,
  still: 3000,
  words: 20_000,
  voice: 15_000,
  begin: 12_000,
  understand: 20_000,
  reason: 3000,
  rest: 250,
};
