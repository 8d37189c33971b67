import { expect, it } from 'vitest';
import { createMixdown } from '@/lib/ears/mixdown';

const piece = (value: number, length = 128) => new Float32Array(length).fill(value);

it('of two channels comes their mean, so that a voice in one ear is heard and none is too loud', () => {
  const mixdown = createMixdown(256);
  mixdown.push([piece(1), piece(0)]);
  mixdown.push([piece(1), piece(1)]);
  const block = mixdown.push([piece(0), piece(0)]);
  expect([block?.length, block?.[0], block?.[200]]).toEqual([256, 0.5, 1]);
});

it('pieces come out in blocks, in order, none lost and none twice', () => {
  const mixdown = createMixdown(960);
  const out: number[] = [];
  for (let nth = 0; nth < 100; nth += 1) {
    const block = mixdown.push([Float32Array.from({ length: 128 }, (_, n) => nth * 128 + n)]);
    if (block) out.push(...block);
  }
  expect(out.length).toBeGreaterThan(99 * 128 - 960);
  expect(out.every((sample, n) => sample === n)).toBe(true);
});

it('a device that brings nothing yet brings no block', () => {
  expect(createMixdown(128).push([])).toBeNull();
});
