/** A request as it came in, by whichever door. */
export interface Received {
  readonly method: string;
  readonly path: string;
  /** The session its path names, or ''. */
  readonly session: string;
  /** The other end of the socket; without a port nobody knows it. */
  readonly peer: string | undefined;
  /** One header, without reading them all. @param name - in small letters. */
  header(name: string): string | undefined;
  /** The whole body. @throws Problem `too_large`, or `invalid_request` if it broke off. */
  text(): string | Promise<string>;
}

/** What goes back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export type Answerer = (request: Received) => Promise<Answer>;
