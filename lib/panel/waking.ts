import { effect } from '@preact/signals';
import type { Choice } from '@/lib/avatar/choice';
import type { PageWatch } from '@/lib/page/sight';
import type { Asking } from '@/lib/panel/asking';
import { greeting } from '@/lib/panel/greeting';
import { createSessionLock } from '@/lib/panel/lock';
import type { Notices } from '@/lib/panel/notice';
import type { TalkModel } from '@/lib/panel/talk';
import type { Session } from '@/lib/session/session';
import * as settings from '@/lib/settings';
import { t } from '@/lib/words';

/** How the avatar wakes: in one window of the profile, with a greeting where nothing was said yet. */
export interface Waking {
  /** Wakes it here; `steal`: also when another window has it. */
  wake(steal: boolean): Promise<void>;
  /** Says hello, where it is ours to say: an avatar of another maker has words of its own. */
  greet(): Promise<void>;
  /** Whether no other window has it. */
  isFree(): Promise<boolean>;
  dispose(): void;
}

export interface WakingOptions {
  readonly choice: Choice;
  readonly page: PageWatch;
  readonly talk: TalkModel;
  readonly session: Session;
  readonly asking: Asking;
  readonly notices: Notices;
}

export function createWaking(options: WakingOptions): Waking {
  const { choice, page, talk, session, asking, notices } = options;
  const lock = createSessionLock(() => void session.end('moved'));
  const wakeHere = () => void wake(true);

  const showElsewhere = () =>
    notices.show({
      text: t('panel.elsewhere'),
      calm: true,
      action: { label: t('panel.bringHere'), run: wakeHere },
    });

  async function greet(): Promise<void> {
    if (choice.current.peek().provider !== 'local') return;
    await page.ready;
    const known = await settings.introduced.get();
    asking.aboutNothing();
    await session.speak(greeting(page.sight.peek(), known));
    if (!known) await settings.introduced.set(true);
  }

  async function wake(steal: boolean): Promise<void> {
    // Looked at first: what the reader asks while it wakes does not make it an old acquaintance.
    const isNew = talk.messages.peek().length === 0;
    if (steal) notices.dismiss();
    await choice.ready;
    // Nobody talks to a stranger's avatar before they know whose it is.
    if (choice.introduction.peek()) return;
    if (!(await lock.take(steal))) {
      showElsewhere();
      return;
    }
    try {
      await session.start();
      if (isNew) await greet();
    } catch (error) {
      notices.fail(error, wakeHere);
    }
  }

  const stop = effect(() => {
    const { value } = session.state;
    if (value.status === 'ended' && value.ending.by === 'moved') showElsewhere();
  });

  return {
    wake,
    greet,
    isFree: lock.isFree,
    dispose() {
      stop();
      lock.release();
    },
  };
}
