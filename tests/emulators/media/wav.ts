/** Sound as this kit passes it around: one channel, 16 bits. */
export interface Sound {
  readonly pcm: Int16Array;
  /** Samples a second. */
  readonly rate: number;
}

/** A WAV file: PCM, 16 bits, one channel. */
export function encodeWav({ pcm, rate }: Sound): Buffer {
  const wav = Buffer.alloc(44 + pcm.length * 2);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + pcm.length * 2, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(pcm.length * 2, 40);
  pcm.forEach((sample, i) => wav.writeInt16LE(sample, 44 + i * 2));
  return wav;
}

/** The sound of a 16-bit PCM WAV file; of several channels the mean. Throws on anything else. */
export function decodeWav(wav: Uint8Array): Sound {
  const bytes = Buffer.from(wav.buffer, wav.byteOffset, wav.byteLength);
  const name = (at: number) => bytes.toString('latin1', at, at + 4);
  if (bytes.length < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') throw new Error('not a WAV');
  let channels = 0;
  let rate = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (name(at) === 'fmt ') {
      if (bytes.readUInt16LE(body + 14) !== 16) throw new Error('not 16 bits a sample');
      channels = bytes.readUInt16LE(body + 2);
      rate = bytes.readUInt32LE(body + 4);
    } else if (name(at) === 'data') {
      if (channels === 0) throw new Error('a WAV without a format');
      // Who writes to a pipe cannot know the size beforehand and claims too much.
      const end = Math.min(bytes.length, body + size);
      return { pcm: mixed(bytes.subarray(body, end), channels), rate };
    }
    at = body + size + (size % 2);
  }
  throw new Error('a WAV without data');
}

function mixed(data: Buffer, channels: number): Int16Array {
  const pcm = new Int16Array(Math.floor(data.length / (2 * channels)));
  for (let i = 0; i < pcm.length; i += 1) {
    let sum = 0;
    for (let channel = 0; channel < channels; channel += 1) {
      sum += data.readInt16LE((i * channels + channel) * 2);
    }
    pcm[i] = Math.round(sum / channels);
  }
  return pcm;
}
