import { toInt16 } from '@/lib/ears/level';
import type { View } from './view';

/**
 * From the next time it is opened the panel's microphone stands in a room without any echo
 * cancelling: it hears whatever the panel plays, `echo` times as loud, and a reader. Needs `lendEar`.
 */
export async function standInRoom(panel: View, echo: number): Promise<void> {
  await panel.evaluate((gain) => {
    const context = new AudioContext();
    const air = context.createMediaStreamDestination();
    const wall = new GainNode(context, { gain });
    wall.connect(air);
    globalThis.visavisRoom = { context, air };
    const { mediaDevices } = navigator;
    mediaDevices.getUserMedia = async () => {
      void context.resume();
      const { elements, played } = globalThis.visavisEar ?? { elements: [], played: [] };
      const streams = [...elements].flatMap(({ srcObject }) =>
        srcObject instanceof MediaStream && srcObject.getAudioTracks().length > 0
          ? [srcObject]
          : [],
      );
      for (const analyser of played) {
        const way = new MediaStreamAudioDestinationNode(analyser.context as AudioContext);
        analyser.connect(way);
        streams.push(way.stream);
      }
      for (const stream of streams) context.createMediaStreamSource(stream).connect(wall);
      // Of its own, since whoever opens it stops it for good.
      const stream = air.stream.clone();
      globalThis.visavisTracks?.push(...stream.getTracks());
      return stream;
    };
  }, echo);
}

/** The reader says it (mono, 16 kHz) in that room. @returns when, on the panel's `performance.now()`. */
export async function sayInRoom(panel: View, sound: Float32Array): Promise<number> {
  return panel.evaluate(
    (pcm) => {
      const room = globalThis.visavisRoom;
      if (!room) throw new Error('There is no room.');
      const { context, air } = room;
      const buffer = new AudioBuffer({ length: pcm.length, sampleRate: 16_000 });
      buffer.getChannelData(0).set(pcm.map((sample) => sample / 0x8000));
      const voice = new AudioBufferSourceNode(context, { buffer });
      voice.connect(air);
      voice.start();
      return performance.now();
    },
    Array.from(toInt16(sound)),
  );
}

declare global {
  var visavisRoom: { context: AudioContext; air: MediaStreamAudioDestinationNode } | undefined;
}
