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
  /** The session is this window's from here on; another that had it has ended it by then. */
  claim(): Promise<void>;
  /** Nobody called: what would go on is named, and waits for the reader. */
  offer(): void;
  /** Says hello, where it is ours to say: an avatar of another maker has words of its own. */
  greet(): Promise<void>;
  dispose(): void;
}

export interface WakingOptions {
  readonly choice: Choice;
  readonly page: PageWatch;
  readonly talk: TalkModel;
  readonly session: Session;
  readonly asking: Asking;
  readonly notices: Notices;
  /** Resolves when the service knows that what ended here is over. */
  readonly settled: () => Promise<void>;
}

export function createWaking(options: WakingOptions): Waking {
  const { choice, page, talk, session, asking, notices, settled } = options;
  const lock = createSessionLock({
    async lost() {
      await session.end('moved');
      await settled();
    },
  });
  const wakeHere = () => void wake(true);
  /** With the question the other window may have had no answer to yet. */
  const bringHere = async () => {
    await wake(true);
    if (session.state.peek().status === 'live' && asking.isOpen()) asking.askAgain();
  };

  const showElsewhere = () =>
    notices.show({
      text: t('panel.elsewhere'),
      calm: true,
      action: { label: t('panel.bringHere'), run: () => void bringHere() },
    });

  async function greet(): Promise<void> {
    if (choice.current.peek().provider !== 'local') return;
    await page.ready;
    const known = await settings.introduced.get();
    asking.aboutNothing();
    await session.speak(greeting(page.sight.peek(), known));
    if (!known) await settings.introduced.set(true);
  }

  async function claim(): Promise<void> {
    if (await lock.isFree()) {
      if (await lock.take(false)) return;
    }
    notices.show({ text: t('panel.moving'), calm: true, action: null });
    await lock.take(true);
    notices.dismiss();
  }

  async function wake(steal: boolean): Promise<void> {
    // Looked at first: what the reader asks while it wakes does not make it an old acquaintance.
    const isNew = talk.messages.peek().length === 0;
    if (steal) notices.dismiss();
    await choice.ready;
    // Nobody talks to a stranger's avatar before they know whose it is.
    if (choice.introduction.peek()) return;
    if (steal) {
      await claim();
    } else if (!(await lock.take(false))) {
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
    if (value.status !== 'ended') return;
    if (value.ending.by === 'moved') showElsewhere();
    // Whoever sleeps here keeps nobody from waking elsewhere.
    void settled().then(() => {
      if (session.state.peek().status === 'ended') lock.release();
    });
  });

  return {
    wake,
    claim,
    offer() {
      const { name } = choice.current.peek();
      const isNew = talk.messages.peek().length === 0;
      const run = () => {
        notices.dismiss();
        void wake(false);
      };
      const action = { label: t('panel.wake', [name]), run };
      const text = t(isNew ? 'panel.offerNew' : 'panel.offer', [name]);
      notices.show({ text, calm: true, action });
    },
    greet,
    dispose() {
      stop();
      lock.dispose();
    },
  };
}
