import type { LLMStreamChunk } from 'perso-interactive-sdk-web/client';
import { toProse, toProseSoFar } from '@/lib/brain/prose';
import { AppError } from '@/lib/errors';
import { finishedSentences } from '@/lib/providers/perso/sentences';
import type { SpeechQueue } from '@/lib/providers/perso/speech';
import type { ProviderEvent } from '@/lib/session/provider';
import { realTiming, within } from '@/lib/session/timing';
import { proseOf } from '@/lib/voice/prose';

/** Nothing new for that long, and no more is waited for, ms. */
const nextWithin = 20_000;
/** Nobody listens to more, characters; a model may never stop by itself. */
const longest = 12_000;

export interface Message {
  readonly id: string;
  /** Once; what comes later changes nothing. */
  end(cut: boolean): void;
  grow(raw: string, isAll: boolean): void;
  text(): string;
}

/** A message on its way: shown as it grows, spoken sentence by sentence, final once. */
export function createMessage(
  id: string,
  language: string | null,
  emit: (event: ProviderEvent) => void,
  speech: SpeechQueue | null,
): Message {
  let text = '';
  let spoken = 0;
  let ended = false;
  const release = speech?.hold();
  const say = (final: boolean, cut: boolean) =>
    emit({ type: 'said', id, who: 'avatar', text, final, ...(cut && { cut }) });
  return {
    id,
    grow(raw, isAll) {
      if (ended) return;
      const now = isAll ? toProse(raw) : toProseSoFar(raw);
      if (now !== text) {
        text = now;
        say(false, false);
      }
      for (const [from, to] of finishedSentences(text, spoken, isAll, language)) {
        spoken = to;
        const sentence = proseOf(text.slice(from, to)).text.replace(/\s+/gu, ' ').trim();
        if (/[\p{L}\p{N}]/u.test(sentence)) speech?.say({ id, from, to, text: sentence });
      }
    },
    end(cut) {
      if (ended) return;
      ended = true;
      if (text !== '') say(true, cut);
      release?.();
    },
    text: () => text,
  };
}

/** Follows the model's answer to its end. Rejects when it has none; what came until then stays. */
export async function follow(
  stream: AsyncGenerator<LLMStreamChunk>,
  message: Message,
  signal: AbortSignal,
): Promise<void> {
  let raw = '';
  for (;;) {
    const { value: chunk, done } = await within(realTiming, nextWithin, signal, stream.next());
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
