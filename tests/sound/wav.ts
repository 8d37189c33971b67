/** Sound as tests hold it: one channel, −1 to 1. */
export interface Sound {
  readonly rate: number;
  readonly samples: Float32Array;
}

/** Of a WAV file with 16-bit samples; several channels become their mean. */
export function readWav(file: Uint8Array): Sound {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const name = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  let channels = 1;
  let rate = 0;
  for (let at = 12; at + 8 <= file.length; at += 8 + view.getUint32(at + 4, true)) {
    if (name(at) === 'fmt ') {
      channels = view.getUint16(at + 10, true);
      rate = view.getUint32(at + 12, true);
    }
    if (name(at) !== 'data') continue;
    const length = Math.min(view.getUint32(at + 4, true), file.length - at - 8);
    const samples = new Float32Array(Math.floor(length / 2 / channels));
    for (let n = 0; n < samples.length * channels; n += 1) {
      const sample = view.getInt16(at + 8 + n * 2, true) / 0x8000 / channels;
      samples[Math.floor(n / channels)] = (samples[Math.floor(n / channels)] ?? 0) + sample;
    }
    return { rate, samples };
  }
  throw new Error('This is no WAV file with samples in it.');
}
