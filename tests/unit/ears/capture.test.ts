import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openCapture, type CaptureOptions } from '@/lib/ears/capture';

/** A track as a device would give it, which knows whether it is live. */
class FakeTrack extends EventTarget {
  readyState = 'live';
  stop = () => {
    this.readyState = 'ended';
  };
  getSettings = () => ({ sampleRate: 44_100 });
}

let track: FakeTrack;
let wanted: MediaStreamConstraints | undefined;
let answer: () => Promise<void>;
let contexts: FakeContext[];
/** What the browser's audio refuses. */
let refuses: 'rate' | 'module' | 'start' | null;
let ended: number;
let life: AbortController;

class FakeContext {
  state = 'suspended';
  readonly sampleRate: number;
  readonly audioWorklet = {
    addModule: async () => {
      if (refuses === 'module') throw new DOMException('', 'AbortError');
    },
  };
  constructor({ sampleRate = 48_000 }: AudioContextOptions) {
    this.sampleRate = sampleRate;
    contexts.push(this);
  }
  createMediaStreamSource() {
    if (refuses === 'rate' && this.sampleRate !== 48_000)
      throw new DOMException('', 'NotSupportedError');
    return { connect: () => undefined, disconnect: () => undefined };
  }
  async resume() {
    if (refuses === 'start') await new Promise(() => undefined);
    this.state = 'running';
  }
  async close() {
    this.state = 'closed';
  }
}

beforeEach(() => {
  track = new FakeTrack();
  contexts = [];
  refuses = null;
  ended = 0;
  answer = async () => undefined;
  life = new AbortController();
  const stream = { getAudioTracks: () => [track], getTracks: () => [track] };
  vi.stubGlobal('AudioContext', FakeContext);
  vi.stubGlobal(
    'AudioWorkletNode',
    class {
      port = new MessageChannel().port1;
    },
  );
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia: async (constraints: MediaStreamConstraints) => {
        wanted = constraints;
        await answer();
        return stream;
      },
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = (deviceId: CaptureOptions['deviceId'] = null) =>
  openCapture({
    deviceId,
    onSamples: () => undefined,
    onEnded: () => (ended += 1),
    signal: life.signal,
  });

const nothingIsOpen = () => {
  expect(track.readyState).toBe('ended');
  expect(contexts.every(({ state }) => state === 'closed')).toBe(true);
};

it('asks for one device at most, without its echo, its noise and its whims', async () => {
  await open();
  const clean = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  expect(wanted).toEqual({ audio: clean });
  await open('2');
  expect(wanted).toEqual({ audio: { ...clean, deviceId: { exact: '2' } } });
});

it('runs at the device’s own rate, and is running without a click', async () => {
  const { rate } = await open();
  expect([rate, contexts.at(-1)?.state]).toEqual([44_100, 'running']);
});

it('where the browser takes the stream only at its own rate it runs at that', async () => {
  refuses = 'rate';
  const { rate } = await open();
  expect(rate).toBe(48_000);
  expect(contexts.map(({ state }) => state)).toEqual(['closed', 'running']);
});

it('stopped, the track is over and the context closed before it returns', async () => {
  const { stop } = await open();
  stop();
  nothingIsOpen();
  track.dispatchEvent(new Event('ended'));
  expect(ended).toBe(0);
});

it('a device pulled out is told', async () => {
  await open();
  track.dispatchEvent(new Event('ended'));
  expect(ended).toBe(1);
});

describe('that cannot be opened', () => {
  it.each([
    ['NotFoundError', 'microphone_none'],
    ['OverconstrainedError', 'microphone_none'],
    ['NotAllowedError', 'microphone_denied'],
    ['SecurityError', 'microphone_denied'],
    ['NotReadableError', 'microphone_busy'],
    ['AbortError', 'microphone_busy'],
    ['TypeError', 'microphone_failed'],
  ])('%s of the browser is %s', async (name, code) => {
    answer = async () => {
      throw new DOMException('', name);
    };
    await expect(open()).rejects.toMatchObject({ code });
  });

  it('pulled out while it opens, it is gone and nothing is left open', async () => {
    answer = async () => track.stop();
    await expect(open()).rejects.toMatchObject({ code: 'microphone_gone' });
    nothingIsOpen();
  });

  it('called off while the browser asks, nothing is left open', async () => {
    answer = async () => life.abort();
    await expect(open()).rejects.toMatchObject({ code: 'aborted' });
    nothingIsOpen();
  });

  describe('the browser’s audio never starting', () => {
    beforeEach(() => {
      vi.useFakeTimers();
      refuses = 'start';
    });
    afterEach(() => vi.useRealTimers());

    it('it has failed after a while, and nothing is left open', async () => {
      const opening = expect(open()).rejects.toMatchObject({ code: 'microphone_failed' });
      await vi.advanceTimersByTimeAsync(10_000);
      await opening;
      nothingIsOpen();
    });

    it('called off, it is off at once', async () => {
      const opening = expect(open()).rejects.toMatchObject({ code: 'aborted' });
      await vi.advanceTimersByTimeAsync(10);
      expect(track.readyState).toBe('live');
      life.abort();
      await opening;
      nothingIsOpen();
    });
  });

  it('the browser’s audio failing, nothing is left open', async () => {
    refuses = 'module';
    await expect(open()).rejects.toMatchObject({ code: 'microphone_failed' });
    nothingIsOpen();
  });
});
