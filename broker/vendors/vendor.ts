import type { BrokeredSession, Credential, Offer } from '@/lib/broker/contract';

/** One vendor's account: makes what a browser needs for one session, and holds the keys for it. */
export interface Vendor {
  /** As discovery shows it. Its provider names this vendor. */
  readonly offer: Offer;
  /**
   * Rejects with a `Problem`, `provider_rejected` or `provider_busy`.
   *
   * @param persona - one of the offer's.
   */
  open(persona: string, need: Need): Promise<Opened>;
  /** Another credential for a session that runs. Absent: this vendor has none. */
  renew?(persona: string, need: Need): Promise<Credential>;
  /** Ends a session from here, by the `reference` that `open` gave. Absent: it cannot be done. */
  end?(reference: string): Promise<void>;
}

export interface Need {
  /** The session may last until then, at most. */
  readonly endsAt: Date;
  readonly now: Date;
}

/** The vendor's part of a session, and what `end` will want to know. */
interface Opened {
  readonly grant: VendorGrant;
  /** A secret as much as the credential is. */
  readonly reference: string | null;
}

type GrantOf<S> = S extends BrokeredSession
  ? Pick<S, 'provider' | 'credential' | 'connect'>
  : never;
type VendorGrant = GrantOf<BrokeredSession>;
