import type { Session } from 'perso-interactive-sdk-web/client';
import { newFence } from '@/lib/brain/prompt';
import { AppError } from '@/lib/errors';
import type { PageContext } from '@/lib/page/page';
import { createMessage, follow, type Message } from '@/lib/providers/perso/answer';
import { createEars } from '@/lib/providers/perso/ears';
import { answerFailure, endingOf, hearingFailure } from '@/lib/providers/perso/failures';
import type { Limits } from '@/lib/providers/perso/limits';
import { hangUp, lineStats, watchLine } from '@/lib/providers/perso/line';
import type { Picture } from '@/lib/providers/perso/picture';
import { sizeFor } from '@/lib/providers/perso/size';
import { createSpeech } from '@/lib/providers/perso/speech';
import { createTools } from '@/lib/providers/perso/tools';
import { turnText, type Note } from '@/lib/providers/perso/turn';
import type { Connection, Ending, OpeningOf } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';

export interface Line {
  readonly session: Session;
  /** Null where the avatar has no face. */
  readonly picture: Picture | null;
  readonly limits: Limits;
}

/**
 * How long after it was told to be silent sound may still come, ms. Nobody says when the last of it
 * was: in a busy browser it took 400.
 */
const onItsWay = 1000;

/** The question that was asked last, until something else is said. */
interface Asked {
  readonly question: string;
  readonly message: Message;
  answer: 'under way' | 'whole' | 'failed';
}

/** An open session as a connection. What it started ends with it. */
export function connect(
  opening: OpeningOf<'perso'>,
  { session, picture, limits }: Line,
): Connection {
  const { grant, history, signal, emit } = opening;
  const { sessionId, apiServer, intro, language } = grant;
  const fence = newFence();
  const isHeard = () => picture?.isHeard === true;
  const speech = createSpeech(session, limits, (event) => {
    if (event.type === 'speaking' && event.who === 'avatar') picture?.holds.over();
    emit(event);
  });
  const life = new AbortController();
  let notes: Note[] = history.length > 0 ? [{ kind: 'before', turns: history }] : [];
  let answering = new AbortController();
  let current: Asked | null = null;
  /** Said without the model, as long as its voice goes on. */
  let said: Message | null = null;
  let resizing: ReturnType<typeof setTimeout> | undefined;
  let gone = false;
  let ended = false;

  /** Silence, and whatever was still being thought is dropped. */
  function hush(): void {
    answering.abort();
    answering = new AbortController();
    const cut = current;
    current = null;
    if (cut) {
      const text = cut.message.text();
      const heard = isHeard() ? text.slice(0, speech.heardOf(cut.message.id)).trim() : text;
      const goesOn = cut.answer === 'whole' && isHeard() && speech.busy();
      if (cut.answer === 'under way' || goesOn) {
        notes.push({ kind: 'cut', question: cut.question, heard });
      }
      cut.message.end(true);
    }
    said?.end(true);
    said = null;
    speech.hush();
  }

  async function silence(): Promise<void> {
    hush();
    const release = picture?.holds.hold();
    // It sends first and tidies up then; what it says of the tidying changes nothing here.
    await session.clearBuffer().catch(() => undefined);
    release?.(onItsWay);
  }

  function finish(ending: Ending): void {
    if (ended) return;
    gone = true;
    hush();
    ears.hear(null);
    ended = true;
    clearTimeout(resizing);
    life.abort();
    signal.removeEventListener('abort', close);
    picture?.close();
    hangUp(session);
    emit({ type: 'ended', ending });
  }
  const close = () => finish({ by: 'user' });

  /** @param isOpen - we gave up a line that was open. */
  async function lose(isOpen: boolean): Promise<void> {
    if (gone) return;
    gone = true;
    hush();
    emit({ type: 'dropped' });
    finish(await endingOf({ sessionId, apiServer }, isOpen, limits.reason));
  }

  const tell: typeof emit = (event) => {
    if (!ended) emit(event);
  };

  const ears = createEars({
    emit: tell,
    transcribe: (file) =>
      within(realTiming, limits.understand, life.signal, session.transcribeAudio(file)),
    began: () => {
      if (current) void silence();
    },
    failed: (thrown) => {
      if (!life.signal.aborted) tell({ type: 'failed', error: hearingFailure(thrown) });
    },
  });

  async function answer(question: string, context: PageContext | null): Promise<void> {
    const mine = answering;
    const id = crypto.randomUUID();
    const message = createMessage(
      id,
      context?.language ?? language,
      tell,
      picture && speech,
      isHeard,
    );
    const turn: Asked = { question, message, answer: 'under way' };
    current = turn;
    const told = notes;
    notes = [];
    const tools = createTools(id, context, (event) => {
      if (!mine.signal.aborted) tell(event);
    });
    const stream = session.processLLM({
      message: turnText(fence, question, context, told),
      tools,
      signal: mine.signal,
    });
    try {
      await follow(stream, message, limits.words, mine.signal);
      turn.answer = 'whole';
    } catch (thrown) {
      message.end(true);
      if (mine.signal.aborted) return;
      turn.answer = 'failed';
      // A question that failed is in nobody's history, and neither are its notes.
      notes = [...told, ...notes];
      tell({ type: 'failed', error: answerFailure(thrown) });
    } finally {
      // Whoever stops listening ends the call.
      mine.abort();
    }
  }

  function must(): void {
    if (gone) throw new AppError('provider_failed');
  }

  signal.addEventListener('abort', close, { once: true });
  session.setErrorHandler(() => {
    // A voice that could not be made: then the service speaks by itself. Without an avatar it is a
    // sign of life that was not taken, and neither are there more of them nor is a close told of.
    if (session.perso === null) void lose(false);
  });
  session.onClose((byUs) => {
    if (!byUs) void lose(isOpen());
  });
  const isOpen = watchLine(session, life.signal, {
    began: (message, duration) => speech.began(message, duration),
    dropped: () => {
      if (!gone) tell({ type: 'dropped' });
    },
    restored: () => {
      if (!gone) tell({ type: 'restored' });
    },
    hungUp: () => void lose(false),
  });

  function say(text: string): void {
    const message = createMessage(crypto.randomUUID(), language, tell, null, isHeard);
    message.grow(text, true);
    notes.push({ kind: 'said', text });
    const over = () => message.end(false);
    if (isHeard()) said = message;
    else over();
    if (picture) speech.utter({ id: message.id, from: 0, to: text.length, text, over });
  }

  if (intro !== null && intro.trim() !== '' && history.length === 0) {
    // After whoever opened has got the connection.
    setTimeout(() => {
      if (!gone && current === null) say(intro);
    });
  }

  return {
    model: true,
    // Its tools can wait for the page; the model is told no more of it than the browser knows.
    early: true,
    async ask(question, context) {
      must();
      if (current) await silence();
      must();
      void answer(question, context);
    },
    async speak(text) {
      must();
      await silence();
      must();
      say(text);
    },
    async interrupt() {
      if (!gone) await silence();
    },
    async mute(muted) {
      if (!ended) await picture?.mute(muted);
    },
    async resize(width, height) {
      clearTimeout(resizing);
      if (gone || width < 2 || height < 2) return;
      resizing = setTimeout(() => {
        const size = sizeFor(width, height);
        session.changeSize(size.width, size.height);
      }, limits.rest);
    },
    async measure() {
      return gone ? null : lineStats(session);
    },
    async hear(ear) {
      if (!gone) ears.hear(ear);
    },
    ...(picture && { hold: picture.holds.suspect }),
    async volume(level) {
      picture?.volume(level);
    },
    async sink(deviceId) {
      await picture?.sink(deviceId);
    },
    async close() {
      close();
    },
  };
}
