/**
 * The same sound at another rate, without what the lower of the two rates cannot hold: a sinc
 * filter under a Kaiser window, one set of weights for each place an output sample can have
 * between two input samples.
 */
export function resample(pcm: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return pcm;
  const divisor = greatestCommon(from, to);
  const [up, down] = [to / divisor, from / divisor];
  const cutoff = Math.min(1, to / from) * passes;
  const half = Math.ceil(crossings / cutoff);
  const phases: (Float64Array | undefined)[] = Array.from({ length: up });
  // Silence on both sides, so that the innermost loop asks nothing.
  const padded = new Float64Array(pcm.length + 2 * half);
  padded.set(pcm, half);
  const out = new Int16Array(Math.round((pcm.length * to) / from));
  for (let i = 0; i < out.length; i += 1) {
    const phase = (i * down) % up;
    const weights = (phases[phase] ??= weightsAt(phase / up, cutoff, half));
    const first = Math.floor((i * down) / up) + 1;
    let sum = 0;
    for (let k = 0; k < 2 * half; k += 1) sum += (padded[first + k] ?? 0) * (weights[k] ?? 0);
    out[i] = Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  }
  return out;
}

/** Share of the lower Nyquist frequency that passes at half height. */
const passes = 0.92;
/** Zero crossings of the sinc to either side: more is steeper. */
const crossings = 32;
/** Kaiser's beta for some 80 dB. */
const beta = 8;

function weightsAt(fraction: number, cutoff: number, half: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * half }, (_, k) => {
    const distance = k - half + 1 - fraction;
    const x = Math.PI * distance * cutoff;
    const share = Math.min(1, Math.abs(distance) / half);
    const window = bessel(beta * Math.sqrt(1 - share * share)) / bessel(beta);
    return (x === 0 ? 1 : Math.sin(x) / x) * window;
  });
  // Every phase at the same level, or a steady tone would hum.
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The modified Bessel function of order zero, by its series. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k += 1) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

function greatestCommon(a: number, b: number): number {
  return b === 0 ? a : greatestCommon(b, a % b);
}
