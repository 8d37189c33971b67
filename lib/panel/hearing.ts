import { signal, type ReadonlySignal } from '@preact/signals';
import type { Emotion, VisemeCue } from '@/lib/face/cue';
import type { Spoken } from '@/lib/panel/caption';
import type { TalkModel } from '@/lib/panel/talk';
import type { PageStamp } from '@/lib/page/page';
import type { Speech } from '@/lib/session/provider';

/** What a provider says, turned into what the panel shows while it is said. */
export interface Hearing {
  /** What is being spoken now; null in silence. */
  readonly spoken: ReadonlySignal<Spoken | null>;
  readonly emotion: ReadonlySignal<Emotion>;
  readonly voice: ReadonlySignal<'heard' | 'none' | 'blocked'>;
  /** A finished answer that nobody could hear, for screen readers. */
  readonly announced: ReadonlySignal<string>;
  /** Every mouth shape to come; an empty list closes the mouth. @returns the way to stop. */
  readonly onCues: (listener: (cues: readonly VisemeCue[]) => void) => () => void;
  /** One event, in the order of the provider; `page`: what the answer under way is about. */
  hear(speech: Speech, page: PageStamp | null): void;
  /** Nothing is being said any more. */
  hush(): void;
}

export function createHearing(talk: TalkModel, muted: ReadonlySignal<boolean>): Hearing {
  const spoken = signal<Spoken | null>(null);
  const emotion = signal<Emotion>('neutral');
  const voice = signal<'heard' | 'none' | 'blocked'>('heard');
  const announced = signal('');
  const listeners = new Set<(cues: readonly VisemeCue[]) => void>();

  return {
    spoken,
    emotion,
    voice,
    announced,
    onCues(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hear(speech, page) {
      switch (speech.type) {
        case 'said': {
          // Shown while it was heard, and then it was nothing.
          if (speech.who === 'reader' && speech.final && speech.text.trim() === '') {
            void talk.remove(speech.id);
            return;
          }
          talk.hear(speech, page);
          const unheard = muted.peek() || voice.peek() !== 'heard';
          if (speech.final && speech.who === 'avatar' && unheard) announced.value = speech.text;
          return;
        }
        case 'spoken': {
          const message = talk.messages.peek().find(({ id }) => id === speech.id);
          if (message) spoken.value = { text: message.text, from: speech.from, to: speech.to };
          return;
        }
        case 'speaking':
          if (speech.who === null) spoken.value = null;
          return;
        case 'visemes':
          for (const listener of listeners) listener(speech.cues);
          return;
        case 'emotion':
          emotion.value = speech.emotion;
          return;
        case 'voice':
          voice.value = speech.state;
          return;
        case 'card':
          talk.attach(speech.id, speech);
          return;
        case 'looked':
          talk.attach(speech.id, { look: speech.at });
          return;
        case 'failed':
        case 'asked':
        case 'pointed':
          return;
      }
    },
    hush() {
      spoken.value = null;
    },
  };
}
