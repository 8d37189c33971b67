import type { PageStamp } from '@/lib/page/page';
import type { Shared } from '@/lib/page/context';
import type { Reading } from '@/lib/page/reading';
import type { PageWatch } from '@/lib/page/sight';
import type { Notices } from '@/lib/panel/notice';
import type { TalkModel } from '@/lib/panel/talk';
import type { Session } from '@/lib/session/session';
import type { Message } from '@/lib/transcript/message';
import { t } from '@/lib/words';

/** From a question in the talk to its answer under way. */
export interface Asking {
  /** Which page the answer under way is about; null where none was shared. */
  about(): PageStamp | null;
  /** What is said next answers no question. */
  aboutNothing(): void;
  /**
   * The question is seen once it is kept, so nothing can lose it; the avatar hears it meanwhile.
   *
   * @param id - of a question that was spoken: what the talk shows of it already has it.
   */
  ask(question: string, id?: string): Promise<void>;
  /** The reader's last question once more. */
  askAgain(): void;
  /** Whether nobody answered it yet. */
  isOpen(): boolean;
  /** The reader's last question; empty where there is none. */
  lastQuestion(): string;
}

export interface AskingOptions {
  readonly page: PageWatch;
  readonly talk: TalkModel;
  readonly session: Session;
  readonly notices: Notices;
  /** Resolves when the conversation it belongs to is on the screen. */
  readonly remembered: () => Promise<unknown>;
  /** Resolves when the avatar has been woken, or could not be. */
  readonly awake: Promise<void>;
  /** Resolves when no other window has a session. */
  readonly claim: () => Promise<void>;
  /** Whether the reader has yet to agree to whom they talk. */
  readonly isHeld: () => boolean;
}

export function createAsking(options: AskingOptions): Asking {
  const { page, talk, session, notices, remembered, awake, claim, isHeld } = options;
  let about: PageStamp | null = null;

  const isElsewhere = () => {
    const state = session.state.peek();
    return state.status === 'ended' && state.ending.by === 'moved';
  };

  const last = () => talk.messages.peek().findLast(({ who }) => who === 'reader');

  /** Nothing is shared where the page cannot be read, and the reader hears of it. */
  const nothing = (error: unknown): Reading => {
    notices.fail(error);
    return { context: null, stamp: null, moved: false };
  };

  /** Whether it may be asked now. What was being said until then falls silent meanwhile. */
  async function isReady(): Promise<boolean> {
    const wasElsewhere = isElsewhere();
    await awake;
    // Another window took the session meanwhile, and the question with it.
    if (isElsewhere() && !wasElsewhere) return false;
    // Asked once the reader has agreed to talk to whom they chose.
    if (isHeld()) return false;
    await claim();
    // What failed before is tried anew: nobody should read meanwhile that it has failed.
    if (session.state.peek().status === 'ended') notices.dismiss();
    // A question may be put right behind it.
    void session.interrupt().catch(notices.fail);
    return true;
  }

  /** What of the page goes at once, the rest following, where an avatar can do with that. */
  async function known(whole: Promise<Reading>): Promise<Shared> {
    const standing = session.abilities.peek().early ? page.standing() : null;
    if (!standing?.context) return whole;
    return {
      ...standing,
      context: { ...standing.context, whole: whole.then(({ context }) => context) },
    };
  }

  /** @param kept - the question as it stands in the talk, once it does. */
  async function answer(
    text: string,
    kept: Promise<Message>,
    reading: Promise<Reading>,
  ): Promise<void> {
    const whole = reading.catch(nothing);
    const [first, mayAsk] = await Promise.all([known(whole), isReady()]);
    if (mayAsk) about = first.stamp;
    // On its way first: that it is kept, and drawn, can wait.
    const asked = mayAsk
      ? session.ask(text, first.context).catch((error: unknown) => notices.fail(error, askAgain))
      : null;
    const { stamp, moved } = await whole;
    if (about === first.stamp) about = stamp;
    talk.stamp((await kept).id, stamp);
    if (moved && stamp) {
      notices.show({ text: t('panel.moved', [stamp.title || stamp.host]), action: null });
    }
    await asked;
  }

  function askAgain(): void {
    const question = last();
    notices.dismiss();
    if (question) void answer(question.text, Promise.resolve(question), page.read());
  }

  return {
    about: () => about,
    aboutNothing() {
      about = null;
    },
    async ask(question, id) {
      // Understood only now, it is older than the word on why nobody listens any more.
      if (id === undefined || !notices.current.peek()?.calm) notices.dismiss();
      const reading = page.read();
      reading.catch(() => undefined);
      await remembered();
      const text = question.trim();
      await answer(text, talk.ask(text, null, id), reading);
    },
    askAgain,
    isOpen: () => talk.messages.peek().at(-1)?.who === 'reader',
    lastQuestion: () => last()?.text ?? '',
  };
}
