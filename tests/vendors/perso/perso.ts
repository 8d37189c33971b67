import type { PersoGrant } from '@/lib/session/provider';
import type { PersoKnobs } from '@/tests/emulators/perso/knobs';
import { makePersoSession } from '@/tests/vendors/perso/made';
import { startVendor, type Vendor } from '@/tests/vendors/vendor';

export type Perso = Vendor<PersoKnobs>;

export function startPerso(): Promise<Perso> {
  return startVendor<PersoKnobs>('perso');
}

/** @returns its id. */
export function createPersoSession({ address }: Perso): Promise<string> {
  return makePersoSession(address);
}

/** A grant for a new session there. */
export async function grantFor(perso: Perso, more: Partial<PersoGrant> = {}): Promise<PersoGrant> {
  return {
    provider: 'perso',
    sessionId: await createPersoSession(perso),
    apiServer: perso.address,
    intro: null,
    iceServers: [],
    forceRelay: false,
    volume: 1,
    muted: false,
    language: 'en',
    ...more,
  };
}
