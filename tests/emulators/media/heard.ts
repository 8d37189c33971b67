import wrtc from '@roamhq/wrtc';
import type { Sound } from '@/tests/emulators/media/wav';

/** What the reader's microphone sends. */
export interface Heard {
  /**
   * Everything since the last `reset`, at most the last minute. Of several audio sections the
   * loudest: clients offer some that they never speak into.
   */
  sound(): Sound;
  /** How loud the last 200 ms were: root mean square, 0 to 1. */
  level(): number;
  reset(): void;
}

export interface Ears extends Heard {
  listen(track: MediaStreamTrack): void;
  stop(): void;
}

/** Collects what comes in over any number of audio tracks. */
export function createEars(): Ears {
  const ears: Ear[] = [];
  const loudest = () =>
    ears.reduce<Ear | null>((best, ear) => (best && best.energy >= ear.energy ? best : ear), null);
  return {
    listen: (track) => void ears.push(createEar(track)),
    sound() {
      const ear = loudest();
      return { pcm: joined(ear?.blocks ?? []), rate: ear?.rate ?? 48_000 };
    },
    level: () => Math.max(0, ...ears.map((ear) => levelOf(ear.blocks.slice(-20)))),
    reset: () => ears.forEach((ear) => ear.reset()),
    stop: () => ears.splice(0).forEach((ear) => ear.stop()),
  };
}

interface Ear {
  /** Of 10 ms each. */
  readonly blocks: Int16Array[];
  readonly rate: number;
  readonly energy: number;
  reset(): void;
  stop(): void;
}

/** A minute of 10 ms blocks. */
const longest = 6000;

interface Data {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  readonly channelCount?: number;
}

function createEar(track: MediaStreamTrack): Ear {
  const blocks: Int16Array[] = [];
  let rate = 48_000;
  let energy = 0;
  const reset = () => {
    blocks.length = 0;
    energy = 0;
  };
  const sink = new wrtc.nonstandard.RTCAudioSink(track);
  sink.ondata = ({ samples, sampleRate, channelCount = 1 }: Data) => {
    // Before the first packet it gives silence at 16 kHz, which is nobody's microphone.
    if (sampleRate !== rate) reset();
    rate = sampleRate;
    const block = samples.filter((_, i) => i % channelCount === 0);
    energy += block.reduce((sum, sample) => sum + sample ** 2, 0);
    blocks.push(block);
    if (blocks.length > longest) blocks.shift();
  };
  return {
    blocks,
    get rate() {
      return rate;
    },
    get energy() {
      return energy;
    },
    reset,
    stop() {
      sink.ondata = null;
      sink.stop();
    },
  };
}

/** Root mean square, 0 to 1. */
function levelOf(blocks: readonly Int16Array[]): number {
  const pcm = joined(blocks);
  if (pcm.length === 0) return 0;
  return Math.sqrt(pcm.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / pcm.length);
}

function joined(blocks: readonly Int16Array[]): Int16Array {
  const pcm = new Int16Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    pcm.set(block, at);
    at += block.length;
  }
  return pcm;
}
