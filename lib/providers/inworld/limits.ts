/** No call to the vendor's SDK has a time-out of its own; these are ours, in milliseconds. */
export interface Limits {
  /** From the first socket to the scene; less than what a session grants to opening as a whole. */
  readonly open: number;
  /** For one message to be written, the start of a conversation with it. */
  readonly send: number;
  /** For another token. */
  readonly token: number;
  /** For the first sign of an answer. */
  readonly answer: number;
  /** An answer of which nothing more comes, and of which nothing is playing, is over. */
  readonly quiet: number;
  /** For a socket or a peer connection to be gone. */
  readonly close: number;
}

export const usualLimits: Limits = {
  open: 12_000,
  send: 8_000,
  token: 10_000,
  answer: 20_000,
  quiet: 5_000,
  close: 1_000,
};
