import type { LLMStreamChunk } from 'perso-interactive-sdk-web/client';
import { toProse, toProseSoFar } from '@/lib/brain/prose';
import { AppError } from '@/lib/errors';
import { finishedSentences } from '@/lib/providers/perso/sentences';
import type { SpeechQueue } from '@/lib/providers/perso/speech';
import type { ProviderEvent } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';
import { proseOf, type Prose } from '@/lib/voice/prose';

/** Nobody listens to more, characters; a model may never stop by itself. */
const longest = 12_000;

export interface Message {
  readonly id: string;
  /** No more of it comes: it is final once its voice was heard out. `cut`: it ends here, text and voice. */
  end(cut: boolean): void;
  grow(raw: string, isAll: boolean): void;
  text(): string;
}

/**
 * A message on its way: shown as it grows, spoken sentence by sentence, final once.
 *
 * @param isHeard - its voice is one that the reader hears, so that without its end something is missing.
 */
export function createMessage(
  id: string,
  language: string | null,
  emit: (event: ProviderEvent) => void,
  speech: SpeechQueue | null,
  isHeard: () => boolean,
): Message {
  let text = '';
  let spoken = 0;
  /** Sentences that are not said yet. */
  let unsaid = 0;
  let state: 'grows' | 'whole' | 'final' = 'grows';
  const release = speech?.hold();
  const show = (final: boolean, cut: boolean) =>
    emit({ type: 'said', id, who: 'avatar', text, final, ...(cut && { cut }) });

  function speak(isAll: boolean): void {
    const prose = proseOf(text);
    for (const [from, to] of finishedSentences(text, spoken, isAll, language)) {
      spoken = to;
      const sentence = said(prose, from, to);
      if (!speech || !/[\p{L}\p{N}]/u.test(sentence)) continue;
      unsaid += 1;
      speech.say({ id, from, to, text: sentence, over });
    }
  }

  function over(): void {
    unsaid -= 1;
    if (state === 'whole' && unsaid === 0) finish(false);
  }

  function finish(cut: boolean): void {
    state = 'final';
    if (text !== '') show(true, cut);
  }

  return {
    id,
    grow(raw, isAll) {
      if (state !== 'grows') return;
      const now = shown(raw, isAll);
      const isNews = now !== text;
      text = now;
      // The voice is on its way before anything is drawn: to make it takes longer.
      if (speech) speak(isAll);
      if (isNews) show(false, false);
    },
    end(cut) {
      if (state === 'final') return;
      const grew = state === 'grows';
      state = 'whole';
      if (cut || unsaid === 0 || !isHeard()) finish(cut);
      if (grew) release?.();
    },
    text: () => text,
  };
}

/** Code keeps its marks: who reads it sees where it is, and the voice knows to leave it out. */
function shown(raw: string, isAll: boolean): string {
  const kept = raw.replaceAll('`', mark);
  return (isAll ? toProse(kept) : toProseSoFar(kept)).replaceAll(mark, '`');
}

/** Of the private use area; no answer has a reason to hold one. */
const mark = '\uE000';

/** What of a stretch of the text is said. */
function said({ text, origin }: Prose, from: number, to: number): string {
  const first = origin.findIndex((at) => at >= from);
  if (first < 0) return '';
  const after = origin.findIndex((at) => at >= to);
  return text
    .slice(first, after < 0 ? undefined : after)
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Follows the model's answer to its end. Rejects when it has none; what came until then stays. */
export async function follow(
  stream: AsyncGenerator<LLMStreamChunk>,
  message: Message,
  wordsWithin: number,
  signal: AbortSignal,
): Promise<void> {
  let raw = '';
  for (;;) {
    const { value: chunk, done } = await within(realTiming, wordsWithin, signal, stream.next());
    if (done) break;
    if (chunk.type === 'error') throw chunk.error;
    if (chunk.type !== 'message') continue;
    raw = chunk.message;
    if (raw.length > longest) {
      message.grow(raw.slice(0, longest), true);
      message.end(true);
      return;
    }
    message.grow(raw, false);
  }
  message.grow(raw, true);
  if (message.text() === '') throw new AppError('vendor_silent');
  message.end(false);
}
