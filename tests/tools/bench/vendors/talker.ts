/** An open avatar, as far as a stop-watch needs it. */
export interface Talker {
  ask(question: string): Promise<void>;
  /** Silence now. */
  hush(): Promise<void>;
  /** The same by the maker's own call for it, where that costs something which `hush` spares. */
  cut?(): Promise<void>;
  close(): Promise<void>;
}

/** Ready to be opened: credentials are there, since a broker's time is nobody's here. */
export type Opening = (stage: HTMLElement) => Promise<Talker>;

export interface Subject {
  /** By our adapter. */
  ours(address: string): Promise<Opening>;
  /** As its guide says, by nobody but the SDK. */
  bare(address: string): Promise<Opening>;
}
