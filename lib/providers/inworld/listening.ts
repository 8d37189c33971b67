import { MicrophoneMode, type ConversationService } from '@inworld/web-core';
import type { Ear } from '@/lib/ears/ear';

export interface Listening {
  hear(ear: Ear | null): void;
  /** The service has lost what it was hearing. */
  reset(): void;
  /** The reader is speaking into it. */
  readonly open: boolean;
}

interface Listener {
  readonly send: (message: (to: ConversationService) => Promise<unknown>) => Promise<void>;
  /** As `send`, but not worth opening a line for. */
  readonly mention: (message: (to: ConversationService) => Promise<unknown>) => Promise<void>;
  readonly began: () => Promise<void>;
  readonly ended: () => void;
  readonly failed: (thrown: unknown) => void;
}

/** What the vendor hears: raw 16-bit samples, no header. */
const rate = 16_000;
/** Blocks kept from before speech is noticed. */
const before = 5;

/**
 * Sends what the panel's microphone hears. Not the SDK's recorder: that one captures by itself, with
 * an audio context and two peer connections left over at each start, and refuses Firefox.
 */
export function createListening(listener: Listener): Listening {
  let stop: () => void = () => undefined;
  let open = false;
  let early: Int16Array[] = [];
  let queue: Promise<unknown> = Promise.resolve();

  const run = (step: () => Promise<unknown>) => {
    queue = queue.then(step).catch((thrown: unknown) => {
      open = false;
      listener.failed(thrown);
    });
  };
  const chunk = (block: Int16Array) =>
    run(() => listener.mention((to) => to.sendAudio(base64(block))));
  const begin = (mode: Ear['mode']) => {
    if (open) return;
    open = true;
    run(listener.began);
    const how = mode === 'hold' ? MicrophoneMode.EXPECT_AUDIO_END : MicrophoneMode.OPEN_MIC;
    run(() => listener.send((to) => to.sendAudioSessionStart({ mode: how }, true)));
    for (const block of early) chunk(block);
    early = [];
  };
  const end = () => {
    if (!open) return;
    open = false;
    run(async () => {
      // First, since the answer may be faster than the SDK says that it has written.
      listener.ended();
      await listener.mention((to) => to.sendAudioSessionEnd(true));
    });
  };

  return {
    hear(ear) {
      stop();
      end();
      early = [];
      stop = () => undefined;
      if (!ear) return;
      const offBlock = ear.onBlock(rate, (block) => {
        if (open) chunk(block);
        else early = [...early, block].slice(-before);
      });
      const offSpeech = ear.onSpeech((speech) => {
        if (speech === 'began') begin(ear.mode);
        else end();
      });
      stop = () => {
        offBlock();
        offSpeech();
      };
    },
    reset() {
      open = false;
    },
    get open() {
      return open;
    },
  };
}

/** Little-endian, as every machine that runs a browser stores it. */
function base64(block: Int16Array): string {
  const bytes = new Uint8Array(block.buffer, block.byteOffset, block.byteLength);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
