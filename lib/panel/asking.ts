import type { PageStamp } from '@/lib/page/page';
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
   * The question is kept before anything else happens, so nothing can lose it.
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
  /** Resolves when what was said before is back on the screen. */
  readonly remembered: Promise<void>;
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

  /** Reads the page in front, now; the question learns which page it was. */
  async function readFor(question: Message): Promise<Reading> {
    try {
      const reading = await page.read();
      const { stamp, moved } = reading;
      talk.stamp(question.id, stamp);
      if (moved && stamp) {
        notices.show({ text: t('panel.moved', [stamp.title || stamp.host]), action: null });
      }
      return reading;
    } catch (error) {
      notices.fail(error);
      return { context: null, stamp: null, moved: false };
    }
  }

  async function answer(question: Message): Promise<void> {
    notices.dismiss();
    const wasElsewhere = isElsewhere();
    const { context, stamp } = await readFor(question);
    await awake;
    // Another window took the session meanwhile, and the question with it.
    if (isElsewhere() && !wasElsewhere) return;
    // Asked once the reader has agreed to talk to whom they chose.
    if (isHeld()) return;
    await claim();
    // What failed before is tried anew: nobody should read meanwhile that it has failed.
    if (session.state.peek().status === 'ended') notices.dismiss();
    await session.interrupt().catch(notices.fail);
    about = stamp;
    try {
      await session.ask(question.text, context);
    } catch (error) {
      notices.fail(error, askAgain);
    }
  }

  function askAgain(): void {
    const question = last();
    if (question) void answer(question);
  }

  return {
    about: () => about,
    aboutNothing() {
      about = null;
    },
    async ask(question, id) {
      await remembered;
      await answer(await talk.ask(question.trim(), null, id));
    },
    askAgain,
    isOpen: () => talk.messages.peek().at(-1)?.who === 'reader',
    lastQuestion: () => last()?.text ?? '',
  };
}
