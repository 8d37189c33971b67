import type { Choice } from '@/lib/avatar/choice';
import { grantFrom, keyGrant } from '@/lib/avatar/grant';
import type { Keeping } from '@/lib/avatar/keeping';
import { mayReachAll } from '@/lib/broker/permission';
import { ownKey } from '@/lib/broker/own-key';
import { browser } from '@/lib/browser';
import { AppError } from '@/lib/errors';
import { localGrant } from '@/lib/panel/local-grant';
import type { Provider, ProviderId } from '@/lib/session/provider';
import type { SessionOptions } from '@/lib/session/session';
import * as settings from '@/lib/settings';

export interface ProvideOptions {
  readonly choice: Choice;
  readonly keeping: Keeping;
  readonly load: (provider: ProviderId) => Promise<Provider>;
}

/** Opens the way to whoever is here now: their maker's code, and what lets them in. */
export function provideFrom({ choice, keeping, load }: ProvideOptions): SessionOptions['provide'] {
  return async (signal) => {
    await choice.ready;
    const { provider, brokered, origins } = choice.current.peek();
    if (provider === 'local') {
      keeping.release();
      return { provider: await load('local'), grant: await localGrant() };
    }
    if (choice.introduction.peek()) throw new AppError('aborted');
    // Neither needs the other: a maker's code is large, and a session may not begin without leave.
    const loading = load(provider);
    const granting = mayReachAll(origins).then((may) => {
      if (!may) throw new AppError('vendor_permission');
      return brokered && keeping.open(brokered, signal);
    });
    const [loaded, granted, key, voice, profile] = await Promise.all([
      loading,
      granting,
      brokered ? null : ownKey.get(),
      settings.voice.get(),
      settings.reader.get(),
    ]);
    const reader = {
      volume: voice.volume,
      muted: voice.muted,
      language: browser.i18n.getUILanguage(),
      profile,
    };
    const grant = granted
      ? grantFrom(granted, reader, () => keeping.freshToken())
      : keyGrant(key, reader);
    return { provider: loaded, grant };
  };
}
