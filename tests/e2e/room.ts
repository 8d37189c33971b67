import { toInt16 } from '@/lib/ears/level';
import type { View } from './view';

/**
 * From the next time it is opened the panel's microphone stands in a room without any echo
 * cancelling: it hears whatever the panel plays, `echo` times as loud and `wayBack` ms later, and a
 * reader. Needs `lendEar`.
 */
export async function standInRoom(panel: View, echo: number, wayBack = 80): Promise<void> {
  await panel.evaluate(
    ({ echo, wayBack }) => {
      const context = new AudioContext();
      const air = context.createMediaStreamDestination();
      const wall = new GainNode(context, { gain: echo });
      wall
        .connect(new DelayNode(context, { delayTime: wayBack / 1000, maxDelayTime: 1 }))
        .connect(air);
      const mouth = new AnalyserNode(context, { fftSize: 256 });
      mouth.connect(air);
      globalThis.visavisRoom = { context, mouth };
      const { mediaDevices } = navigator;
      mediaDevices.getUserMedia = async () => {
        void context.resume();
        const { elements, played } = globalThis.visavisEar ?? { elements: [], played: [] };
        for (const element of elements) {
          const { srcObject } = element;
          if (!(srcObject instanceof MediaStream) || srcObject.getAudioTracks().length === 0) {
            continue;
          }
          const heard = new GainNode(context, { gain: element.muted ? 0 : 1 });
          context.createMediaStreamSource(srcObject).connect(heard).connect(wall);
          element.addEventListener('volumechange', () => {
            heard.gain.value = element.muted ? 0 : element.volume;
          });
        }
        for (const analyser of played) {
          const way = new MediaStreamAudioDestinationNode(analyser.context as AudioContext);
          analyser.connect(way);
          context.createMediaStreamSource(way.stream).connect(wall);
        }
        // Of its own, since whoever opens it stops it for good.
        const stream = air.stream.clone();
        globalThis.visavisTracks?.push(...stream.getTracks());
        return stream;
      };
    },
    { echo, wayBack },
  );
}

/**
 * The reader says it (mono, 16 kHz) in that room.
 * @returns when it is first heard there, on the panel's `performance.now()`.
 */
export async function sayInRoom(panel: View, sound: Float32Array): Promise<number> {
  return panel.evaluate(
    async (pcm) => {
      const room = globalThis.visavisRoom;
      if (!room) throw new Error('There is no room.');
      const { context, mouth } = room;
      const buffer = new AudioBuffer({ length: pcm.length, sampleRate: 16_000 });
      buffer.getChannelData(0).set(pcm.map((sample) => sample / 0x8000));
      const voice = new AudioBufferSourceNode(context, { buffer });
      voice.connect(mouth);
      voice.start();
      const samples = new Float32Array(mouth.fftSize);
      const late = performance.now() + 5000;
      do {
        await new Promise((resolve) => {
          setTimeout(resolve, 2);
        });
        mouth.getFloatTimeDomainData(samples);
        if (performance.now() > late) throw new Error('Nobody can be heard.');
      } while (Math.hypot(...samples) / Math.sqrt(samples.length) < 0.01);
      return performance.now();
    },
    Array.from(toInt16(sound)),
  );
}

declare global {
  /** `mouth`: all that the reader says goes through it. */
  var visavisRoom: { context: AudioContext; mouth: AnalyserNode } | undefined;
}
