import { wavHead } from '@/lib/providers/perso/wav';
import type { Ear } from '@/lib/ears/ear';
import { plain } from '@/lib/ears/plain';
import type { ProviderEvent } from '@/lib/session/provider';

export interface Ears {
  hear(ear: Ear | null): void;
}

export interface EarsOptions {
  readonly transcribe: (speech: File) => Promise<string>;
  readonly emit: (event: ProviderEvent) => void;
  /** The reader begins to speak. */
  readonly began: () => void;
  readonly failed: (thrown: unknown) => void;
}

/** What the service's recognition was made for, Hz. */
const rate = 16_000;
/** Nobody speaks for longer without a breath, and it all waits in memory: samples. */
const longest = rate * 90;
/** Shorter is a cough: samples. */
const shortest = rate / 5;

/** The reader's speech, stretch by stretch: recorded, understood by the service, asked. */
export function createEars({ transcribe, emit, began, failed }: EarsOptions): Ears {
  let stop: () => void = () => undefined;
  /** In the order they were spoken, whichever is understood first. */
  let understanding: Promise<void> = Promise.resolve();

  function listen(ear: Ear): () => void {
    let blocks: Int16Array[] = [];
    let length = 0;
    let id: string | null = null;
    const forget = () => {
      blocks = [];
      length = 0;
    };
    const unhear = ear.onBlock(rate, (block) => {
      if (length >= longest) return;
      blocks.push(block);
      length += block.length;
    });
    const end = () => {
      if (id === null) return;
      const mine = id;
      id = null;
      emit({ type: 'speaking', who: null });
      const file = length < shortest ? null : recording(blocks, length);
      forget();
      if (file === null) {
        emit({ type: 'said', id: mine, who: 'reader', text: '', final: true });
        return;
      }
      understanding = understanding.then(() => understand(mine, file));
    };
    const unwatch = ear.onSpeech((speech) => {
      if (speech === 'ended') {
        end();
        return;
      }
      if (id !== null) return;
      id = crypto.randomUUID();
      began();
      emit({ type: 'speaking', who: 'reader' });
      emit({ type: 'said', id, who: 'reader', text: '…', final: false });
    });
    return () => {
      unhear();
      unwatch();
      end();
    };
  }

  async function understand(id: string, file: File): Promise<void> {
    let text = '';
    try {
      text = plain(await transcribe(file));
    } catch (thrown) {
      failed(thrown);
    }
    if (text === '') emit({ type: 'said', id, who: 'reader', text: '', final: true });
    else emit({ type: 'asked', id, text });
  }

  return {
    hear(ear) {
      stop();
      stop = ear === null ? () => undefined : listen(ear);
    },
  };
}

function recording(blocks: readonly Int16Array[], length: number): File {
  const parts = blocks.map((block) => block.slice().buffer);
  return new File([wavHead(length, rate), ...parts], 'recording.wav', { type: 'audio/wav' });
}
