import type { Answering, Brain } from '@/lib/brain/brain';
import { startPace } from '@/lib/brain/book/pace';
import { createShelf } from '@/lib/brain/book/shelf';
import type { Book } from '@/lib/brain/book/book';
import { excerptFor } from '@/lib/brain/excerpt';
import { stripHidden } from '@/lib/brain/hidden';
import { toProse, toProseSoFar } from '@/lib/brain/prose';
import {
  roomIn,
  tokensOf,
  type LanguageModel,
  type LanguageModelMessage,
  type LanguageModelSession,
} from '@/lib/brain/language-model';
import { modelOptions } from '@/lib/brain/model';
import { newFence, systemPrompt, turnPrompt } from '@/lib/brain/prompt';
import { supportFor } from '@/lib/brain/support';
import { AppError, toAppError } from '@/lib/errors';
import type { Turn } from '@/lib/session/provider';

/**
 * A mind of the browser's own language model, on this device. Every answer is given by a clone of one prepared
 * session and the clone is destroyed, so that one page's text never lingers when the next question comes.
 *
 * Rejects with whatever `create` does.
 */
export async function createModelBrain(languageModel: LanguageModel): Promise<Brain> {
  const fence = newFence();
  const session = await languageModel.create({
    ...modelOptions,
    initialPrompts: [{ role: 'system', content: systemPrompt(fence) }],
  });
  const shelf = createShelf();
  const life = new AbortController();

  return {
    kind: 'model',
    async answer(answering) {
      const signal = AbortSignal.any([answering.signal, life.signal]);
      try {
        signal.throwIfAborted();
        const { text: page, language } = answering.context ?? { text: null, language: null };
        const book = page === null ? null : await shelf.take(page, language, signal);
        const text = await withClone(session, signal, async (clone) => {
          await remember(clone, answering.history, signal);
          return sayFitted(clone, fence, answering, book, signal);
        });
        const quotes = book === null ? [] : await supportFor(book, text, startPace(signal));
        signal.throwIfAborted();
        if (quotes.length > 0) answering.tell(text, quotes);
      } catch (thrown) {
        throw signal.aborted
          ? new AppError('aborted', { cause: thrown })
          : toAppError(thrown, 'model_failed');
      }
    },
    close() {
      if (life.signal.aborted) return;
      life.abort();
      session.destroy();
    },
  };
}

async function withClone<T>(
  session: LanguageModelSession,
  signal: AbortSignal,
  use: (clone: LanguageModelSession) => Promise<T>,
): Promise<T> {
  const clone = await session.clone({ signal });
  try {
    // An abort may come just as the clone does.
    signal.throwIfAborted();
    return await use(clone);
  } finally {
    clone.destroy();
  }
}

/** As many turns as a short talk has; older ones cost room the page needs. */
const turnsRemembered = 6;

async function remember(
  clone: LanguageModelSession,
  history: readonly Turn[],
  signal: AbortSignal,
): Promise<void> {
  const turns = history.slice(-turnsRemembered).map(({ who, text }): LanguageModelMessage => ({
    role: who === 'reader' ? 'user' : 'assistant',
    content: stripHidden(text).slice(0, 600),
  }));
  // Chrome before 140 has no `append`; it answers without memory.
  if (turns.length > 0) await clone.append?.(turns, { signal });
}

/** Kept free for the answer, in tokens. */
const forAnswer = 600;

/** Tokens of page at most: reading them all takes the model seconds before its first word, and the best parts come first. */
const mostPage = 5000;

/** Should the model find the prompt too large after all, it is asked once more with half as much of the page. */
async function sayFitted(
  clone: LanguageModelSession,
  fence: string,
  answering: Answering,
  book: Book | null,
  signal: AbortSignal,
): Promise<string> {
  const room = roomIn(clone) - forAnswer;
  try {
    return await say(
      clone,
      await fitted(clone, fence, answering, book, room, signal),
      answering,
      signal,
    );
  } catch (thrown) {
    if (book === null || !(thrown instanceof Error) || thrown.name !== 'QuotaExceededError')
      throw thrown;
    const half = Math.min(room, 6000) / 2;
    return say(clone, await fitted(clone, fence, answering, book, half, signal), answering, signal);
  }
}

/** The prompt with as much of the page as there is room for. Our guess of tokens is mended by the model's own count. */
async function fitted(
  clone: LanguageModelSession,
  fence: string,
  { question, context }: Answering,
  book: Book | null,
  room: number,
  signal: AbortSignal,
): Promise<string> {
  if (book === null) return turnPrompt(fence, question, context, null);
  const withRoom = (tokens: number) =>
    turnPrompt(fence, question, context, excerptFor(book, question, tokens));
  let budget = Math.min(mostPage, room - (await tokensOf(clone, withRoom(0), signal)));
  for (let attempt = 0; attempt < 4 && budget > 50; attempt += 1) {
    const prompt = withRoom(budget);
    const tokens = await tokensOf(clone, prompt, signal);
    if (tokens <= room) return prompt;
    budget = Math.floor(budget * (room / tokens) * 0.95);
  }
  return withRoom(0);
}

async function say(
  clone: LanguageModelSession,
  prompt: string,
  answering: Answering,
  signal: AbortSignal,
): Promise<string> {
  const reader = clone.promptStreaming(prompt, { signal }).getReader();
  let raw = '';
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      signal.throwIfAborted();
      raw += read.value;
      answering.tell(toProseSoFar(raw), []);
    }
  } catch (thrown) {
    await reader.cancel(thrown).catch(() => undefined);
    throw thrown;
  }
  const text = toProse(raw);
  if (text === '') throw new AppError('model_failed');
  answering.tell(text, []);
  return text;
}
