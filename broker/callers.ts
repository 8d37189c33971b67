import type { BrokeredProvider } from '@/lib/broker/contract';

/** Whoever asks, once that is proved. */
export interface Caller {
  /** Stands in logs and stores: a name the operator gave, or a digest; never a mail address. */
  readonly id: string;
  /** Null: all of them. */
  readonly providers: readonly BrokeredProvider[] | null;
  readonly liveLimit: number;
  /** Milliseconds a day, or null. */
  readonly dayLimit: number | null;
}
