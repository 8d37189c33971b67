// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { draw } from '@/lib/face/draw';
import { rest } from '@/lib/face/expression';
import { createPainter } from '@/lib/face/painter';
import { moon, person } from './frames';

function changesIn(host: Element, act: () => void): string[] {
  const seen: string[] = [];
  const observer = new MutationObserver(() => {});
  observer.observe(host, { attributes: true, childList: true, subtree: true });
  act();
  for (const { target, attributeName, type } of observer.takeRecords()) {
    const part = target instanceof Element ? target.getAttribute('data-part') : null;
    seen.push(`${part ?? type} ${attributeName ?? ''}`.trim());
  }
  observer.disconnect();
  return seen;
}

function canvas() {
  const host = document.createElement('div');
  return { host, painter: createPainter(host) };
}

test('every shape is one path, named after its part', () => {
  const { host, painter } = canvas();
  const shapes = draw(rest, person);
  painter.paint(shapes);
  const paths = [...host.querySelectorAll('svg > path')];
  expect(paths.map((path) => path.getAttribute('data-part'))).toEqual(
    shapes.map(({ part }) => part),
  );
  expect(host.querySelector('[data-part="mouth"]')?.getAttribute('d')).toMatch(/^M /u);
});

test('the same picture again touches nothing', () => {
  const { host, painter } = canvas();
  painter.paint(draw(rest, person));
  expect(changesIn(host, () => painter.paint(draw(rest, person)))).toEqual([]);
});

test('a blink of one eye touches that eye only', () => {
  const { host, painter } = canvas();
  painter.paint(draw(rest, person));
  const changes = changesIn(host, () => painter.paint(draw({ ...rest, lidLeft: 0.4 }, person)));
  expect(changes.length).toBeGreaterThan(3);
  expect(changes.every((change) => change.endsWith('Left d'))).toBe(true);
});

test('falling asleep changes colours without building anything anew', () => {
  const { host, painter } = canvas();
  painter.paint(draw(rest, person));
  const changes = changesIn(host, () => painter.paint(draw({ ...rest, asleep: 0.5 }, person)));
  expect(changes).toContain('face fill');
  expect(changes.some((change) => change.startsWith('childList'))).toBe(false);
});

test('another skin is another set of paths in the same svg', () => {
  const { host, painter } = canvas();
  painter.paint(draw(rest, person));
  const svg = host.querySelector('svg');
  painter.paint(draw(rest, moon));
  expect(host.querySelector('svg')).toBe(svg);
  expect(host.querySelector('[data-part="hair"]')).toBeNull();
  expect(host.querySelector('[data-part="disc"]')).not.toBeNull();
});

test('it says what it shows to those who cannot see it', () => {
  const { host, painter } = canvas();
  painter.name('Visavis, listening');
  expect(host.querySelector('[role="img"]')?.getAttribute('aria-label')).toBe('Visavis, listening');
});
