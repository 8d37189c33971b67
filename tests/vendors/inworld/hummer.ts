import type { Ear } from '@/lib/ears/ear';

/** Nobody of Inworld takes it: sound goes in blocks. */
function anyTrack(): MediaStreamTrack {
  const [track] = document.createElement('canvas').captureStream().getTracks();
  if (!track) throw new Error('A canvas without a track.');
  return track;
}

/** A reader who hums at 440 Hz. */
export function hummer(mode: Ear['mode']) {
  const blocks = new Set<(block: Int16Array) => void>();
  const speeches = new Set<(speech: 'began' | 'ended') => void>();
  let at = 0;
  let wanted = 0;
  const ear: Ear = {
    track: anyTrack(),
    mode,
    onBlock(rate, listener) {
      wanted = rate;
      blocks.add(listener);
      return () => blocks.delete(listener);
    },
    onSpeech(listener) {
      speeches.add(listener);
      return () => speeches.delete(listener);
    },
  };
  const block = () => {
    const samples = Int16Array.from({ length: wanted / 10 }, () => {
      at += 1;
      return Math.round(12_000 * Math.sin((2 * Math.PI * 440 * at) / wanted));
    });
    for (const listener of blocks) listener(samples);
  };
  return {
    ear,
    listeners: () => blocks.size + speeches.size,
    begin() {
      // Two blocks from before it was noticed.
      block();
      block();
      for (const listener of speeches) listener('began');
    },
    hum(count: number) {
      for (let i = 0; i < count; i += 1) block();
    },
    end() {
      for (const listener of speeches) listener('ended');
    },
  };
}
