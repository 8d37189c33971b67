import type { Grant } from '@/lib/session/provider';

/** An open avatar, as far as a stop-watch needs it. */
export interface Talker {
  ask(question: string): Promise<void>;
  /** Silence now. */
  hush(): Promise<void>;
  /** The same by the maker's own call for it, where that costs something which `hush` spares. */
  cut?(): Promise<void>;
  close(): Promise<void>;
}

export type Opening = (stage: HTMLElement) => Promise<Talker>;

export interface Subject {
  /** What lets one in, from the maker itself. */
  grant(address: string): Promise<Grant>;
  /** By our adapter. */
  adapter(grant: Grant): Opening;
  /** As its guide says, by nobody but the SDK. */
  bare(grant: Grant): Opening;
}
