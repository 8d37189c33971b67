// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createScreen, type Screen } from '@/lib/providers/screen';
import type { Timing } from '@/lib/session/timing';

/** A clock that moves when told to. */
function createTime(): Timing & { pass(ms: number): void; planned(): number } {
  let now = 0;
  const due = new Set<{ at: number; done: () => void }>();
  return {
    after(ms, done) {
      const one = { at: now + ms, done };
      due.add(one);
      return () => void due.delete(one);
    },
    chance: () => 0,
    pass(ms) {
      now += ms;
      for (const one of due) {
        if (one.at > now) continue;
        due.delete(one);
        one.done();
      }
    },
    planned: () => due.size,
  };
}

/** A promise to be failed from outside. */
function pending(): { promise: Promise<void>; reject: (error: Error) => void } {
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((_, fail) => {
    reject = fail;
  });
  return { promise, reject };
}

const refusal = () => new DOMException('a click first', 'NotAllowedError');

/** `counting`: the browser tells of every frame. */
function createStage({ counting = true } = {}) {
  const stage = document.createElement('div');
  document.body.append(stage);
  const told: string[] = [];
  const time = createTime();
  const screen = createScreen(
    stage,
    {
      shown: () => told.push('shown'),
      stalled: () => told.push('stalled'),
      moving: () => told.push('moving'),
      sound: (outcome) => told.push(outcome),
    },
    time,
  );
  const { element } = screen;
  const frames = new Map<number, () => void>();
  let width = 0;
  let frame = 0;
  Object.defineProperty(element, 'videoWidth', { get: () => width });
  const play = vi.fn<() => Promise<void>>().mockResolvedValue();
  const size = (across: number) => {
    width = across;
  };
  Object.assign(element, { play });
  const telling = {
    requestVideoFrameCallback: (run: () => void) => {
      frame += 1;
      frames.set(frame, run);
      return frame;
    },
    cancelVideoFrameCallback: (id: number) => void frames.delete(id),
  };
  if (counting) Object.assign(element, telling);
  return {
    stage,
    screen,
    element,
    told,
    time,
    play,
    frames,
    size,
    /** The browser has painted one more picture. */
    paint() {
      size(320);
      const waiting = [...frames.values()];
      frames.clear();
      for (const run of waiting) run();
    },
    /** Data has come, with a picture of this width in it. */
    load(across: number) {
      size(across);
      element.dispatchEvent(new Event('loadeddata'));
    },
  };
}

const stream = () => new MediaStream();
const seen = ({ element }: Screen) =>
  element.hasAttribute('data-shown') && element.style.opacity !== '0';

let hidden = false;
function hide(value: boolean): void {
  hidden = value;
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  hidden = false;
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
});
afterEach(() => {
  vi.restoreAllMocks();
  document.body.replaceChildren();
});

describe('the first picture', () => {
  test('until it is there nothing covers the portrait', async () => {
    const { stage, screen, told, paint } = createStage();
    expect(stage.querySelector('video.screen-video')).toBe(screen.element);
    expect(seen(screen)).toBe(false);
    await screen.show(stream());
    expect(seen(screen)).toBe(false);
    paint();
    expect(seen(screen)).toBe(true);
    expect(told).toEqual(['heard', 'shown']);
  });

  test('sound without a picture is not one', async () => {
    const { screen, load, told } = createStage();
    await screen.show(stream());
    load(0);
    expect(seen(screen)).toBe(false);
    load(320);
    expect(seen(screen)).toBe(true);
    expect(told).toEqual(['heard', 'shown']);
  });

  test('it is told once, and once more for another stream, which is covered until then', async () => {
    const { screen, paint, told } = createStage();
    const first = stream();
    await screen.show(first);
    paint();
    paint();
    await screen.show(first);
    expect(seen(screen)).toBe(true);
    await screen.show(stream());
    expect(seen(screen)).toBe(false);
    paint();
    expect(told.filter((one) => one === 'shown')).toHaveLength(2);
  });

  test('where frames are not told one by one, time that moves is a picture', async () => {
    const { screen, element, told, size } = createStage({ counting: false });
    await screen.show(stream());
    const pass = (now: number) => {
      element.currentTime = now;
      element.dispatchEvent(new Event('timeupdate'));
    };
    pass(1);
    expect(told).toEqual(['heard']);
    size(320);
    pass(1);
    expect(told).toEqual(['heard']);
    pass(2);
    expect(told).toEqual(['heard', 'shown']);
    screen.close();
    pass(3);
    expect(told).toEqual(['heard', 'shown']);
  });
});

describe('a picture that stands still', () => {
  test('is told after three seconds, once, and so is its moving again', async () => {
    const { screen, time, paint, told } = createStage();
    await screen.show(stream());
    paint();
    time.pass(2999);
    paint();
    time.pass(2999);
    expect(told).not.toContain('stalled');
    time.pass(1);
    time.pass(60_000);
    expect(told).toEqual(['heard', 'shown', 'stalled']);
    paint();
    paint();
    expect(told).toEqual(['heard', 'shown', 'stalled', 'moving']);
    time.pass(3000);
    expect(told.at(-1)).toBe('stalled');
  });

  test('is none while nobody looks, and gets three seconds when somebody does', async () => {
    const { screen, time, paint, told } = createStage();
    await screen.show(stream());
    paint();
    hide(true);
    time.pass(60_000);
    expect(told).not.toContain('stalled');
    hide(false);
    time.pass(2999);
    expect(told).not.toContain('stalled');
    time.pass(1);
    expect(told).toContain('stalled');
  });

  test('is none before there was one: who opened it waits for that', async () => {
    const { screen, time, told } = createStage();
    await screen.show(stream());
    time.pass(60_000);
    expect(told).toEqual(['heard']);
  });
});

describe('sound', () => {
  test('refused without a click, it plays muted until one', async () => {
    const { screen, element, play, told } = createStage();
    play.mockRejectedValueOnce(refusal());
    await screen.show(stream());
    expect(told).toEqual(['blocked']);
    expect(element.muted).toBe(true);
    await screen.unlock();
    expect(told).toEqual(['blocked', 'heard']);
    expect(element.muted).toBe(false);
  });

  test('a click that was none leaves it muted and playing', async () => {
    const { screen, element, play, told } = createStage();
    play.mockRejectedValueOnce(refusal()).mockResolvedValueOnce().mockRejectedValueOnce(refusal());
    await screen.show(stream());
    await screen.unlock();
    expect(told).toEqual(['blocked', 'blocked']);
    expect(element.muted).toBe(true);
  });

  test('unmuting in a click unlocks it too', async () => {
    const { screen, element, play, told } = createStage();
    play.mockRejectedValueOnce(refusal());
    await screen.show(stream());
    await screen.mute(true);
    await screen.mute(false);
    expect(told).toEqual(['blocked', 'heard']);
    expect(element.muted).toBe(false);
  });

  test('the reader who wants none gets none, before and while it plays', async () => {
    const { screen, element, told } = createStage();
    await screen.mute(true);
    await screen.show(stream());
    expect(element.muted).toBe(true);
    await screen.mute(false);
    expect(element.muted).toBe(false);
    await screen.mute(true);
    expect(element.muted).toBe(true);
    expect(told).not.toContain('blocked');
  });

  test('what does not play at all is told as that', async () => {
    const { screen, play, told } = createStage();
    play.mockRejectedValue(new DOMException('no decoder', 'NotSupportedError'));
    await screen.show(stream());
    expect(told).toEqual(['failed']);
  });

  test('what does not even play muted is told as that', async () => {
    const { screen, play, told } = createStage();
    play.mockRejectedValue(refusal());
    await screen.show(stream());
    expect(told).toEqual(['failed']);
  });

  test('the end of an attempt that another one replaced changes nothing', async () => {
    const { screen, play, told } = createStage();
    const first = pending();
    play.mockReturnValueOnce(first.promise);
    const one = screen.show(stream());
    const two = screen.show(stream());
    first.reject(new DOMException('a new load', 'AbortError'));
    await Promise.all([one, two]);
    expect(told).toEqual(['heard']);
  });

  test.each([
    [0.4, 0.4],
    [-1, 0],
    [7, 1],
  ])('a volume of %d is %d', (wanted, got) => {
    const { screen, element } = createStage();
    screen.volume(wanted);
    expect(element.volume).toBe(got);
  });
});

describe('closing', () => {
  test('twice is once: nothing is left of it', async () => {
    const { stage, screen, element, time, frames, paint, told } = createStage();
    await screen.show(stream());
    paint();
    expect(time.planned()).toBe(1);
    screen.close();
    screen.close();
    expect(stage.childElementCount).toBe(0);
    expect(element.srcObject).toBeNull();
    expect(time.planned()).toBe(0);
    expect(frames.size).toBe(0);
    const before = [...told];
    hide(true);
    hide(false);
    element.dispatchEvent(new Event('loadeddata'));
    time.pass(60_000);
    expect(told).toEqual(before);
  });

  test('the tracks stay whose they were', async () => {
    const { screen } = createStage();
    const shown = stream();
    const stop = vi.fn<() => void>();
    Object.assign(shown, { getTracks: () => [{ stop }], getVideoTracks: () => [{ stop }] });
    await screen.show(shown);
    screen.close();
    expect(stop).not.toHaveBeenCalled();
  });

  test('while it tries to play, it says nothing more', async () => {
    const { screen, play, told } = createStage();
    const first = pending();
    play.mockReturnValueOnce(first.promise);
    const showing = screen.show(stream());
    screen.close();
    first.reject(new DOMException('gone', 'AbortError'));
    await showing;
    await screen.show(stream());
    await screen.mute(false);
    expect(told).toEqual([]);
  });
});
