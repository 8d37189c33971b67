import { effect } from '@preact/signals';
import { keyOf, type Avatar } from '@/lib/avatar/avatar';
import type { Choice } from '@/lib/avatar/choice';
import type { Keeping } from '@/lib/avatar/keeping';
import type { Asking } from '@/lib/panel/asking';
import type { Notices } from '@/lib/panel/notice';
import type { Waking } from '@/lib/panel/waking';
import type { Session } from '@/lib/session/session';
import { t } from '@/lib/words';

/** The session follows whom the reader chose; what was said stays. */
export interface Company {
  /** In the click itself, since the browser may have to be asked. */
  choose(avatar: Avatar): Promise<void>;
  /** Vis answers meanwhile, with the way back at hand. */
  standIn(): Promise<void>;
  back(): Promise<void>;
  /** The reader agrees to what the service said of itself. */
  agree(): Promise<void>;
  dispose(): void;
}

export interface CompanyOptions {
  readonly choice: Choice;
  readonly keeping: Pick<Keeping, 'release'> | null;
  readonly session: Session;
  readonly waking: Waking;
  readonly asking: Asking;
  readonly notices: Notices;
}

export function createCompany(options: CompanyOptions): Company {
  const { choice, keeping, session, waking, asking, notices } = options;
  let before = choice.current.peek();
  let changing: Promise<void> | null = null;

  /** From one to the other: only one of them is ever there. */
  function change(): Promise<void> {
    const { name, provider } = before;
    const isForbidden = choice.forbids(provider);
    before = choice.current.peek();
    notices.dismiss();
    const change = session
      .end(isForbidden ? 'policy' : 'user')
      .then(() => waking.wake(true))
      .then(() => waiting())
      .then(() => {
        // The talk goes on with somebody else: it must not look like the reader's own choice.
        if (isForbidden) notices.show({ text: t('company.forbidden', [name]), action: null });
      })
      .finally(() => {
        if (changing === change) changing = null;
      });
    changing = change;
    return change;
  }

  /** What was asked before anybody was there is asked now. */
  function waiting(): void {
    if (session.state.peek().status === 'live' && asking.isOpen()) asking.askAgain();
  }

  const settle = () => changing ?? change();

  const stops = [
    // Chosen elsewhere, in the options or by an organisation; an avatar asleep stays asleep.
    effect(() => {
      const { value } = choice.current;
      if (keyOf(value) === keyOf(before)) return;
      const { status } = session.state.peek();
      if (status === 'idle' || status === 'ended') before = value;
      else void change();
    }),
    // Allowed elsewhere, in the options or the browser's own settings.
    choice.onAllowed(() => {
      const { value } = session.state;
      if (value.status !== 'ended' || value.ending.by !== 'error') return;
      if (value.ending.error.code === 'vendor_permission') void waking.wake(true);
    }),
    effect(() => {
      const { value } = session.state;
      if (value.status !== 'ended') return;
      keeping?.release();
      if (value.ending.by === 'error')
        notices.fail(value.ending.error, () => void waking.wake(true));
    }),
  ];

  async function back(): Promise<void> {
    choice.back();
    await settle();
  }

  return {
    async choose(avatar) {
      await choice.choose(avatar);
      await settle();
    },
    async standIn() {
      choice.standIn();
      await settle();
      const wanted = choice.wanted.peek();
      if (session.state.peek().status !== 'live' || wanted.provider === 'local') return;
      notices.show({
        text: t('company.standIn', [wanted.name]),
        calm: true,
        action: { label: t('company.back', [wanted.name]), run: () => void back() },
      });
    },
    back,
    async agree() {
      await choice.agree();
      await settle();
    },
    dispose() {
      for (const stop of stops) stop();
      choice.dispose();
    },
  };
}
