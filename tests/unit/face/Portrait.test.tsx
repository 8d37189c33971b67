// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { Portrait } from '@/components/Portrait';
import type { VisemeCue } from '@/lib/face/cue';
import { person } from './frames';
import { eventually } from '@/tests/unit/eventually';

const host = document.createElement('div');
document.body.append(host);

async function show(view: Parameters<typeof render>[0]) {
  await act(() => render(view, host));
}

afterEach(() => show(null));

test('the face is there with the first render, under its name', async () => {
  await show(<Portrait look={person} label="Visavis, asleep" pose="asleep" />);
  const image = host.querySelector('[role="img"]');
  expect(image?.getAttribute('aria-label')).toBe('Visavis, asleep');
  expect(image?.querySelector('[data-part="mouth"]')?.getAttribute('d')).toMatch(/^M /u);
});

test('another render keeps the picture and changes its name', async () => {
  await show(<Portrait look={person} label="one" />);
  const path = host.querySelector('[data-part="mouth"]');
  await show(<Portrait look={{ ...person }} label="two" pose="thinking" />);
  expect(host.querySelector('[data-part="mouth"]')).toBe(path);
  expect(host.querySelector('[role="img"]')?.getAttribute('aria-label')).toBe('two');
});

test('a new look reaches the picture', async () => {
  await show(<Portrait look={person} label="face" />);
  await show(<Portrait look={{ ...person, face: '#112233' }} label="face" />);
  await eventually(() =>
    expect(host.querySelector('[data-part="face"]')?.getAttribute('fill')).toBe('#112233'),
  );
});

test('it hears cues and level while mounted, and lets go of both after', async () => {
  let listener: ((cues: readonly VisemeCue[]) => void) | null = null;
  const subscribe = (hear: (cues: readonly VisemeCue[]) => void) => {
    listener = hear;
    return () => {
      listener = null;
    };
  };
  const watched = vi.fn();
  const level = signal(0, { watched, unwatched: () => watched('off') });
  await show(<Portrait look={person} label="face" subscribe={subscribe} level={level} />);
  expect(listener).not.toBeNull();
  expect(watched).toHaveBeenCalledTimes(1);
  await show(null);
  expect(listener).toBeNull();
  expect(watched).toHaveBeenLastCalledWith('off');
  expect(host.querySelector('svg')).toBeNull();
});

test('behind a picture it is not drawn, and after it goes on', async () => {
  const frames: FrameRequestCallback[] = [];
  vi.spyOn(globalThis, 'requestAnimationFrame').mockImplementation((frame) => frames.push(frame));
  const draw = () => {
    for (const frame of frames.splice(0)) frame(performance.now());
  };
  await show(<Portrait look={person} label="face" pose="speaking" />);
  expect(frames.length).toBeGreaterThan(0);
  await show(<Portrait look={person} label="face" pose="speaking" covered />);
  draw();
  draw();
  expect(frames).toEqual([]);
  await show(<Portrait look={person} label="face" pose="speaking" />);
  expect(frames.length).toBeGreaterThan(0);
  vi.restoreAllMocks();
});
