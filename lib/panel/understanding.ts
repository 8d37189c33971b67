import { signal, type ReadonlySignal } from '@preact/signals';
import type { Place } from '@/lib/ears/recognition';
import { toAppError } from '@/lib/errors';
import type { Notices } from '@/lib/panel/notice';
import type { Session } from '@/lib/session/session';
import * as settings from '@/lib/settings';
import { t } from '@/lib/words';

/** What Vis needs before it can understand speech: nothing is sent without a word from the reader. */
export interface Consent {
  readonly company: string;
  /** It could be done on the device instead, once the language is there. */
  readonly download: 'possible' | 'running' | null;
}

/** What this browser can do about speech for an avatar that lives in it. */
export interface OwnEars {
  place(): Promise<Place>;
  /** Resolves to whether the language is on the device now. */
  download(): Promise<boolean>;
  readonly company: string;
}

/** How an avatar without ears of its own comes to understand speech. */
interface Understanding {
  readonly consent: ReadonlySignal<Consent | null>;
  /** Why this avatar cannot hear, and what can be done about it. */
  explain(): Promise<void>;
  /** The company may hear the reader. */
  agree(): Promise<void>;
  download(): Promise<void>;
  decline(): void;
}

export function createUnderstanding(options: {
  readonly session: Session;
  readonly notices: Notices;
  /** Looked at when it matters. */
  readonly own: () => Promise<OwnEars>;
  /** It can be understood from now on. */
  readonly understood: () => Promise<void>;
}): Understanding {
  const { session, notices, own, understood } = options;
  const consent = signal<Consent | null>(null);

  /** The session learns of it, and the reader goes on. */
  async function proceed(): Promise<void> {
    consent.value = null;
    try {
      await session.renew();
    } catch (thrown) {
      notices.fail(thrown);
      return;
    }
    await understood();
  }

  return {
    consent,
    async explain() {
      const { place: look, company } = await own();
      const place = session.provider.peek() === 'local' ? await look() : 'none';
      if (place === 'none') {
        notices.show({ text: t('listening.none'), calm: true, action: null });
        return;
      }
      const download = place === 'download' ? 'possible' : null;
      consent.value = { company, download };
    },
    async agree() {
      try {
        await settings.cloudEars.set((await own()).company);
      } catch (thrown) {
        notices.fail(toAppError(thrown, 'storage_failed'));
        return;
      }
      await proceed();
    },
    async download() {
      const asked = consent.peek();
      if (!asked) return;
      consent.value = { ...asked, download: 'running' };
      const isThere = await (await own()).download();
      if (consent.peek() === null) return;
      if (isThere) await proceed();
      else consent.value = { ...asked, download: null };
    },
    decline() {
      consent.value = null;
    },
  };
}
