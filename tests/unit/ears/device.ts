import type { Capture, CaptureOptions } from '@/lib/ears/capture';

/** A device that brings what it is told, and knows how often it is open. */
export function fakeDevice() {
  const live = new Set<FakeTrack>();
  let options: CaptureOptions | null = null;
  let opens = 0;
  let answer: () => Promise<void> = async () => undefined;
  const capture = async (wanted: CaptureOptions): Promise<Capture> => {
    opens += 1;
    options = wanted;
    await answer();
    const track = {
      enabled: true,
      readyState: 'live',
      getSettings: () => ({ echoCancellation: true }),
    };
    live.add(track);
    return {
      track: track as MediaStreamTrack,
      rate: 16_000,
      stop: () => void live.delete(track),
    };
  };
  return {
    capture,
    live,
    opens: () => opens,
    asked: () => options?.deviceId,
    answers: (how: () => Promise<void>) => {
      answer = how;
    },
    play(sound: Float32Array) {
      for (let at = 0; at < sound.length; at += 320)
        options?.onSamples(sound.subarray(at, at + 320));
    },
    pull: () => options?.onEnded(),
  };
}

interface FakeTrack {
  enabled: boolean;
  readyState: string;
}
