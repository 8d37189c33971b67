import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { openapi } from '@/broker/openapi';
import { paths } from '@/lib/broker/contract';

const text = readFileSync('broker/openapi.yaml', 'utf8');

it('broker/openapi.yaml is what the contract says (npm run broker:openapi)', () => {
  expect(parse(text)).toEqual(parse(openapi()));
});

it('describes every path but the metrics', () => {
  const document: { paths: object } = parse(text);
  const { metrics, ...described } = paths;
  expect(Object.keys(document.paths).sort()).toEqual(Object.values(described).sort());
  expect(document.paths).not.toHaveProperty(metrics);
});

it('points only at what it holds', () => {
  const document: unknown = parse(text);
  const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([\w/]+)"/gu)].map(
    ([, to = '']) => to,
  );
  expect(pointers.length).toBeGreaterThan(10);
  for (const pointer of pointers) expect(document).toHaveProperty(pointer.split('/'));
});
