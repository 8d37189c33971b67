import * as v from 'valibot';
import { storage } from 'wxt/utils/storage';
import type { Avatar } from '@/lib/avatar/avatar';
import { providerIds } from '@/lib/broker/contract/wire';
import type { SessionOptions } from '@/lib/session/session';

/**
 * What a vendor gave to be reminded of a conversation by, for when the panel is opened again. It may
 * open their session, so it lies in the browser's memory and never on the disk: later it goes on
 * with what was said so far instead.
 */
const schema = v.object({
  conversation: v.string(),
  provider: v.picklist(providerIds),
  persona: v.string(),
  token: v.string(),
});
const key = 'session:resume';

export interface ResumingOptions {
  readonly conversation: () => string;
  readonly avatar: () => Avatar;
  /** Resolves when the conversation is known. */
  readonly remembered: () => Promise<void>;
}

type Resuming = Required<Pick<SessionOptions, 'recall' | 'remember'>>;

export function createResuming(options: ResumingOptions): Resuming {
  const { conversation, avatar, remembered } = options;
  return {
    async recall() {
      const [stored] = await Promise.all([storage.getItem<unknown>(key), remembered()]);
      const kept = v.safeParse(schema, stored);
      if (!kept.success) return null;
      const { provider, persona, token } = kept.output;
      const isTheirs = avatar().provider === provider && personaOf(avatar()) === persona;
      return isTheirs && kept.output.conversation === conversation() ? { provider, token } : null;
    },
    remember(resume) {
      if (resume === null) {
        void storage.removeItem(key);
        return;
      }
      const { provider } = avatar();
      const persona = personaOf(avatar());
      const kept = { conversation: conversation(), provider, persona, token: resume.token };
      void storage.setItem(key, kept).catch(() => storage.removeItem(key));
    },
  };
}

/** Empty for the reader's own, which is only one. */
const personaOf = ({ brokered }: Avatar) => brokered?.persona ?? '';
