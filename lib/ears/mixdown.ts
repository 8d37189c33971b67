/** Gathers what comes in many small pieces and several channels into blocks of one. */
export interface Mixdown {
  /** @returns a full block, or null while it is not full. */
  push(channels: readonly Float32Array[]): Float32Array | null;
}

/** @param length - of a block, at least that of the longest piece. */
export function createMixdown(length: number): Mixdown {
  let block = new Float32Array(length);
  let filled = 0;
  return {
    push(channels) {
      const [first] = channels;
      if (!first) return null;
      // A piece that does not fit goes whole into the next block: blocks may be a little shorter.
      let full: Float32Array | null = null;
      if (filled + first.length > length) {
        full = block.subarray(0, filled);
        block = new Float32Array(length);
        filled = 0;
      }
      for (const channel of channels) {
        channel.forEach((sample, n) => {
          block[filled + n] = (block[filled + n] ?? 0) + sample / channels.length;
        });
      }
      filled += first.length;
      return full;
    },
  };
}
