/**
 * Chance that can be asked again: a number from 0 to 1 that looks random and is always the same
 * for the same seed and place. The mixing is the finaliser of MurmurHash3 (Austin Appleby, public
 * domain).
 */
export function chance(seed: number, place: number): number {
  let bits = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(place | 0, 0x85ebca6b)) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}
