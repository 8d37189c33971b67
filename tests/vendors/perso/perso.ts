import type { PersoGrant } from '@/lib/session/provider';
import type { PersoKnobs } from '@/tests/emulators/perso/knobs';
import { startVendor, type Vendor } from '@/tests/vendors/vendor';

export type Perso = Vendor<PersoKnobs>;

export function startPerso(): Promise<Perso> {
  return startVendor<PersoKnobs>('perso');
}

/** As a broker makes one. @returns its id. */
export async function createPersoSession(perso: Perso): Promise<string> {
  const response = await fetch(`${perso.address}/api/v1/session/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'PersoLive-APIKey': 'perso-key' },
    body: JSON.stringify({
      using_stf_webrtc: true,
      capability: ['STF_WEBRTC', 'LLM', 'TTS', 'STT'],
      model_style: 'ada-office',
      prompt: 'prompt-guide',
    }),
  });
  const { session_id } = (await response.json()) as { session_id: string };
  return session_id;
}

/** Looks again and again until it holds. */
export async function until(
  what: string,
  done: () => boolean | Promise<boolean>,
  patience = 20_000,
): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
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
