/** Sound at one rate in, the same sound at another rate out. Blocks may be of any length. */
export interface Resampler {
  /** All that can be told of what has come so far. */
  push(samples: Float32Array): Float32Array;
  /** The rest, as if silence followed. In all, `from` samples in give exactly `to` out, rounded up. */
  end(): Float32Array;
}

/**
 * A windowed sinc in as many phases as the two rates need, so that every output sample has its own
 * filter and no position is ever rounded. What the lower rate cannot carry is 70 dB down where
 * it would come back as something else.
 */
export function createResampler(from: number, to: number): Resampler {
  if (from === to) return { push: (samples) => samples.slice(), end: () => new Float32Array() };
  const shared = gcd(from, to);
  /** Between two output samples lie `step / phases` input samples. */
  const step = from / shared;
  const phases = to / shared;
  const reach = Math.ceil(crossings * Math.max(1, from / to));
  const filters = filtersFor({ from, to, phases, reach });

  /** What is still needed of the input; its first sample is number `start`. */
  let kept = new Float32Array(reach);
  let start = -reach;
  let came = 0;
  let given = 0;

  const take = (samples: Float32Array, until: number): Float32Array => {
    const joined = new Float32Array(kept.length + samples.length);
    joined.set(kept);
    joined.set(samples, kept.length);
    const out: number[] = [];
    for (; given < until; given += 1) {
      const at = Math.floor((given * step) / phases);
      if (at + reach >= start + joined.length) break;
      const filter = filters[(given * step) % phases] ?? new Float32Array();
      const first = at - reach + 1 - start;
      let sum = 0;
      for (let tap = 0; tap < filter.length; tap += 1) {
        sum += (filter[tap] ?? 0) * (joined[first + tap] ?? 0);
      }
      out.push(sum);
    }
    const needed = Math.floor((given * step) / phases) - reach + 1;
    const drop = Math.min(Math.max(needed - start, 0), joined.length);
    kept = joined.slice(drop);
    start += drop;
    return Float32Array.from(out);
  };

  return {
    push(samples) {
      came += samples.length;
      return take(samples, Infinity);
    },
    end: () => take(new Float32Array(reach + 1), Math.ceil((came * phases) / step)),
  };
}

/** Zero crossings of the sinc on each side: the more, the steeper the filter. */
const crossings = 32;

/** Kaiser window for a stop band 70 dB down. */
const beta = 6.76;

/** The middle of the slope, as a part of the lower rate: by half its band the filter is all the way down. */
const cutoff = 0.466;

function filtersFor(options: {
  readonly from: number;
  readonly to: number;
  readonly phases: number;
  readonly reach: number;
}): Float32Array[] {
  const { from, to, phases, reach } = options;
  const width = 2 * cutoff * Math.min(1, to / from);
  return Array.from({ length: phases }, (_, phase) => {
    const taps = Array.from({ length: 2 * reach }, (__, tap) => {
      const away = tap - reach + 1 - phase / phases;
      const edge = 1 - (away / reach) ** 2;
      return edge < 0 ? 0 : width * sinc(width * away) * (bessel(beta * Math.sqrt(edge)) / top);
    });
    // A steady sound keeps its level in every phase.
    const sum = taps.reduce((total, tap) => total + tap, 0);
    return Float32Array.from(taps, (tap) => tap / sum);
  });
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Modified Bessel function of the first kind, order 0, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > 1e-9 * sum; n += 1) {
    term *= (x / (2 * n)) ** 2;
    sum += term;
  }
  return sum;
}

const top = bessel(beta);

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
