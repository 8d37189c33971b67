import { AppError } from '@/lib/errors';
import type { Card, ProviderEvent, Speaker } from '@/lib/session/provider';
import { createCaption, spokenWords, type Caption } from '@/lib/providers/soul-machines/captions';
import type { Limits } from '@/lib/providers/soul-machines/limits';
import { fields, type Fields, type SceneMessage } from '@/lib/providers/soul-machines/message';
import { createReader } from '@/lib/providers/soul-machines/reader';

/** Who says what, made of the service's states and results. */
export interface Talk {
  readonly heard: (message: SceneMessage) => void;
  readonly card: (card: Card) => void;
  /** A question goes out; resolves with the first sign of its answer. */
  readonly asked: (question: string) => Promise<void>;
  /** It did not go out after all. */
  readonly refused: () => void;
  /** Silence now; what was said or thought of until then is not shown any more. */
  readonly interrupt: () => Promise<void>;
  readonly close: () => void;
}

export interface TalkOptions {
  readonly language: string;
  readonly limits: Limits;
  readonly emit: (event: ProviderEvent) => void;
  /** Tells the service to be silent; settles when it has said that it heard. */
  readonly hush: () => Promise<unknown>;
}

export function createTalk({ language, limits, emit, hush }: TalkOptions): Talk {
  let saying: Caption | null = null;
  let expecting: { question: string; sign: () => void } | null = null;
  /** The words of an answer that is not spoken yet. */
  let awaited: string | null = null;
  /** The id of the avatar's next message; cards may come before it. */
  let next = crypto.randomUUID();
  let turn: Speaker | null = null;
  /** A silence the service has not confirmed; whatever it says until then is what was cut. */
  let hushing: object | null = null;
  const cutQuestions = new Set<string>();
  const cutWords = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const reader = createReader(emit);

  const after = (ms: number, done: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(done, ms);
  };
  const turnTo = (who: Speaker | null) => {
    if (turn !== who) emit({ type: 'speaking', who });
    turn = who;
  };
  const answered = () => {
    clearTimeout(timer);
    expecting?.sign();
    expecting = null;
  };

  function begin(text: string): void {
    if (saying?.text === text) return;
    if (saying && text.startsWith(saying.text)) {
      saying.grow(text);
      return;
    }
    saying?.end(false);
    answered();
    awaited = null;
    cutWords.clear();
    turnTo('avatar');
    saying = createCaption(next, text, language, emit);
    next = crypto.randomUUID();
    // An answer whose end never comes would hold the turn for ever.
    after(
      Math.max(limits.speech, 3 * saying.duration),
      () => void interrupt().catch(() => undefined),
    );
  }

  function finish(cut: boolean): void {
    if (saying) clearTimeout(timer);
    saying?.end(cut);
    saying = null;
    if (turn === 'avatar') turnTo(null);
  }

  function state({ speechState, currentSpeech }: Fields): void {
    if (speechState === 'speaking' || (turn === 'avatar' && speechState === undefined)) {
      const text = spokenWords(currentSpeech) || (saying === null && awaited) || '';
      if (hushing !== null || cutWords.has(text)) return;
      if (text !== '') begin(text);
      else if (speechState === 'speaking') turnTo('avatar');
    } else if (speechState === 'idle' && hushing === null) finish(false);
  }

  function result(body: Fields): void {
    const question = fields(body['input'])['text'];
    const text = spokenWords(fields(body['output'])['text']);
    if (typeof question === 'string' && cutQuestions.delete(question)) {
      // Thought of before the interruption, finished after it: it will be spoken next.
      cutWords.add(text);
      void quiet().catch(() => undefined);
      return;
    }
    const failed = body['status'] !== undefined && body['status'] !== 0;
    if (expecting) answered();
    if (failed) {
      emit({ type: 'failed', error: new AppError('vendor_answer') });
      return;
    }
    if (text === '') return;
    // An answer to what was asked since: it has heard of the silence, whether it says so or not.
    hushing = null;
    cutWords.delete(text);
    awaited = text;
    if (!saying) after(limits.voice, inWords);
  }

  /** Its answer has words but no sound came with them. */
  function inWords(): void {
    if (awaited === null || closed) return;
    begin(awaited);
    finish(false);
  }

  function recognized(body: Fields): void {
    const words = reader.heard(body);
    if (!words) return;
    if (turn !== 'avatar') turnTo(words.final ? null : 'reader');
    if (words.final) void expect(words.text);
  }

  function expect(question: string): Promise<void> {
    return new Promise((resolve) => {
      expecting?.sign();
      expecting = { question, sign: resolve };
      cutQuestions.delete(question);
      if (saying) return;
      after(limits.answer, () => {
        answered();
        emit({ type: 'failed', error: new AppError('vendor_silent') });
      });
    });
  }

  async function quiet(): Promise<void> {
    const mine = {};
    hushing = mine;
    try {
      await hush();
    } finally {
      if (hushing === mine) hushing = null;
    }
  }

  async function interrupt(): Promise<void> {
    clearTimeout(timer);
    if (expecting) cutQuestions.add(expecting.question);
    if (saying) cutWords.add(saying.text);
    if (awaited !== null) cutWords.add(awaited);
    awaited = null;
    answered();
    finish(true);
    next = crypto.randomUUID();
    await quiet();
  }

  return {
    heard({ name, body = {} }) {
      if (closed) return;
      if (name === 'state') {
        for (const persona of Object.values(fields(body['persona']))) state(fields(persona));
      } else if (name === 'conversationResult') result(body);
      else if (name === 'recognizeResults') recognized(body);
      else if (name === 'personaResponse') {
        const text = spokenWords(body['currentSpeech']);
        if (text !== '' && !cutWords.has(text) && hushing === null && !saying) awaited ??= text;
      }
    },
    card(card) {
      if (!closed && hushing === null) emit({ type: 'card', id: saying?.id ?? next, card });
    },
    asked(question) {
      if (saying || expecting || awaited !== null) void interrupt().catch(() => undefined);
      return expect(question);
    },
    refused: answered,
    interrupt,
    close() {
      if (closed) return;
      reader.close();
      answered();
      finish(true);
      turnTo(null);
      closed = true;
      clearTimeout(timer);
    },
  };
}
