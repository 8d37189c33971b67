import type { ProviderEvent } from '@/lib/session/provider';
import { timed } from '@/lib/voice/timing';

/** One thing the avatar says, from its first word to its last. */
export interface Caption {
  readonly id: string;
  readonly text: string;
  /** Its text has grown. */
  readonly grow: (text: string) => void;
  readonly end: (cut: boolean) => void;
  /** About how long it takes to say it, ms. */
  readonly duration: number;
}

/**
 * The words of a speech. The service says when it begins and ends but not where in it the voice
 * is, so that is reckoned as for any voice without marks of its own.
 */
export function createCaption(
  id: string,
  text: string,
  language: string,
  emit: (event: ProviderEvent) => void,
): Caption {
  const began = performance.now();
  let current = text;
  let { words, duration } = timed(text, language, 1);
  let next = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const point = () => {
    clearTimeout(timer);
    const word = words[next];
    if (!word) return;
    timer = setTimeout(
      () => {
        next += 1;
        emit({ type: 'spoken', id, from: word.from, to: word.to });
        point();
      },
      Math.max(0, began + word.start - performance.now()),
    );
  };
  emit({ type: 'said', id, who: 'avatar', text, final: false });
  point();
  return {
    id,
    get text() {
      return current;
    },
    get duration() {
      return duration;
    },
    grow(text) {
      current = text;
      ({ words, duration } = timed(text, language, 1));
      emit({ type: 'said', id, who: 'avatar', text, final: false });
      point();
    },
    end(cut) {
      clearTimeout(timer);
      emit({ type: 'said', id, who: 'avatar', text: current, final: true, ...(cut && { cut }) });
    },
  };
}

/** What is said of what was written: without the marks that steer face, cards and voice. */
export function spokenWords(text: unknown): string {
  if (typeof text !== 'string') return '';
  return text
    .replaceAll(/\\?@\w+\([^)]*\)/gu, ' ')
    .replaceAll(/<\/?[a-z][^<>]*>/giu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\s([.,!?;:])/gu, '$1')
    .trim();
}
