import type { PageContext, PageStamp } from '@/lib/page/page';
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
  /** The question stands in the talk before anything else happens, so nothing can lose it. */
  ask(question: string): Promise<void>;
  /** The reader's last question once more. */
  askAgain(): void;
  /** The reader's last question; empty where there is none. */
  lastQuestion(): string;
}

export interface AskingOptions {
  readonly page: PageWatch;
  readonly talk: TalkModel;
  readonly session: Session;
  readonly notices: Notices;
}

export function createAsking({ page, talk, session, notices }: AskingOptions): Asking {
  let about: PageStamp | null = null;

  const last = () => talk.messages.peek().findLast(({ who }) => who === 'reader');

  /** Reads the page in front, now; the question learns which page it was. */
  async function readFor(question: Message): Promise<PageContext | null> {
    about = null;
    try {
      const { context, stamp, moved } = await page.read();
      about = stamp;
      talk.stamp(question.id, stamp);
      if (moved && stamp) {
        notices.show({ text: t('panel.moved', [stamp.title || stamp.host]), action: null });
      }
      return context;
    } catch (error) {
      notices.fail(error);
      return null;
    }
  }

  async function answer(question: Message): Promise<void> {
    notices.dismiss();
    await session.interrupt().catch(notices.fail);
    const context = await readFor(question);
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
    ask: (question) => answer(talk.ask(question.trim(), null)),
    askAgain,
    lastQuestion: () => last()?.text ?? '',
  };
}
