import { browser } from '@/lib/browser';
import { readPolicy } from '@/lib/policy';
import type { LocalGrant } from '@/lib/session/provider';
import * as settings from '@/lib/settings';

/** What the face on the device may use: made of the settings, asked of nobody. */
export async function localGrant(): Promise<LocalGrant> {
  const [voice, brain, cloudEars, policy] = await Promise.all([
    settings.voice.get(),
    settings.brain.get(),
    settings.cloudEars.get(),
    readPolicy(),
  ]);
  return {
    provider: 'local',
    voice: voice.uri,
    rate: voice.rate,
    volume: voice.volume,
    muted: voice.muted,
    brain: policy.brain ?? brain,
    cloudEars: cloudEars !== null,
    language: browser.i18n.getUILanguage(),
  };
}
