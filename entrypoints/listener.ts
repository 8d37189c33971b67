import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createMixdown } from '@/lib/ears/mixdown';

/**
 * Runs on the audio thread (`lib/ears/capture.ts` loads it by its address, since browsers take no
 * worklet from a `blob:` in an extension): hands on what the microphone brings, about every 20 ms.
 */
export default defineUnlistedScript(() => {
  class Listener extends AudioWorkletProcessor {
    readonly mixdown = createMixdown(Math.max(128, Math.ceil(sampleRate / 50)));

    process([input = []]: readonly (readonly Float32Array[])[]): boolean {
      const block = this.mixdown.push(input);
      if (block) this.port.postMessage(block.slice());
      return true;
    }
  }
  registerProcessor('visavis-listener', Listener);
});

/* What a worklet has, which TypeScript's library for documents does not know. */
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;
