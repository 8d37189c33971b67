import { beforeEach, describe, expect, it } from 'vitest';
import type { Device } from '@/lib/ears/devices';
import { createMicrophone, type Microphone, type MicrophoneOptions } from '@/lib/ears/microphone';
import { AppError } from '@/lib/errors';
import { join } from '@/tests/sound/noise';
import { spoken } from '@/tests/sound/spoken';
import { fakeDevice } from '@/tests/unit/ears/device';

const silence = (seconds: number) => new Float32Array(seconds * 16_000);
const sentence = join(silence(1), spoken('coral'), silence(1));

let device: ReturnType<typeof fakeDevice>;
let told: string[];
let present: Device[];
let wanted: Device | null;

function microphone(options: Partial<MicrophoneOptions> = {}): Microphone {
  return createMicrophone({
    capture: device.capture,
    devices: async () => present,
    wanted: async () => wanted,
    fellBack: (missing) => told.push(`fell back from ${missing}`),
    lost: ({ code }) => told.push(code),
    ...options,
  });
}

beforeEach(() => {
  device = fakeDevice();
  told = [];
  present = [
    { id: '1', label: 'Built-in' },
    { id: '2', label: 'Headset' },
  ];
  wanted = null;
});

it('captures nothing before it is opened', () => {
  const { state, ear } = microphone();
  expect(device.opens()).toBe(0);
  expect(state.value).toBe('off');
  expect(ear.value).toBeNull();
});

it('is off for good when it is closed: no track is live, no ear is left, no sound comes', async () => {
  const ears = microphone();
  await ears.open('open');
  const events: string[] = [];
  ears.ear.value?.onSpeech((speech) => events.push(speech));
  device.play(join(silence(1), spoken('fish')));
  expect(ears.speaking.value).toBe(true);
  ears.close();
  expect(device.live.size).toBe(0);
  expect([ears.state.value, ears.ear.value, ears.level.value]).toEqual(['off', null, 0]);
  expect(events).toEqual(['began', 'ended']);
  device.play(sentence);
  expect(events).toHaveLength(2);
  expect(ears.level.value).toBe(0);
});

it('opened twice at once the device is captured once', async () => {
  const ears = microphone();
  await Promise.all([ears.open('open'), ears.open('open')]);
  await ears.open('open');
  expect(device.opens()).toBe(1);
});

it('closed while the browser still asks, what comes then is stopped at once', async () => {
  let allow: () => void = () => undefined;
  device.answers(
    () =>
      new Promise((resolve) => {
        allow = resolve;
      }),
  );
  const ears = microphone();
  const opening = ears.open('open').catch((error: unknown) => error);
  await Promise.resolve();
  ears.close();
  allow();
  expect(await opening).toMatchObject({ code: 'aborted' });
  expect(device.live.size).toBe(0);
  expect(ears.state.value).toBe('off');
});

it('that could not be opened it is off, and can be tried again', async () => {
  const ears = microphone();
  device.answers(async () => {
    throw new AppError('microphone_busy');
  });
  await expect(ears.open('open')).rejects.toMatchObject({ code: 'microphone_busy' });
  expect(ears.state.value).toBe('off');
  device.answers(async () => undefined);
  await ears.open('open');
  expect(ears.state.value).toBe('open');
});

it('another mode opens it anew, and never two at once', async () => {
  const ears = microphone();
  await ears.open('open');
  await ears.open('hold');
  expect(device.live.size).toBe(1);
  expect(ears.ear.value?.mode).toBe('hold');
});

describe('the chosen device', () => {
  it.each([
    { name: 'by its id', chosen: { id: '2', label: 'Old name' }, id: '2', says: [] },
    {
      name: 'by its name, its id being new',
      chosen: { id: '9', label: 'Headset' },
      id: '2',
      says: [],
    },
    {
      name: 'not there: the system’s, and says so',
      chosen: { id: '9', label: 'Studio' },
      id: null,
      says: ['fell back from Studio'],
    },
  ])('is found $name', async ({ chosen, id, says }) => {
    wanted = chosen;
    await microphone().open('open');
    expect(device.asked()).toBe(id);
    expect(told).toEqual(says);
  });
});

it('taken away in mid-word it is off, the word ends, and it is said once', async () => {
  const ears = microphone();
  await ears.open('open');
  const events: string[] = [];
  ears.ear.value?.onSpeech((speech) => events.push(speech));
  device.play(join(silence(1), spoken('fish')));
  device.pull();
  device.pull();
  expect(told).toEqual(['microphone_gone']);
  expect(events).toEqual(['began', 'ended']);
  expect(device.live.size).toBe(0);
});

describe('half duplex', () => {
  it('deaf, its track is disabled and nobody is told anything', async () => {
    const ears = microphone();
    await ears.open('open');
    const blocks: Int16Array[] = [];
    ears.ear.value?.onBlock(16_000, (block) => blocks.push(block));
    ears.deafen(true);
    expect(ears.ear.value?.track.enabled).toBe(false);
    device.play(sentence);
    expect(blocks).toEqual([]);
    ears.deafen(false);
    expect(ears.ear.value?.track.enabled).toBe(true);
    device.play(sentence);
    expect(blocks.length).toBeGreaterThan(10);
  });

  it('opened while the avatar speaks it is deaf from its first sample', async () => {
    const ears = microphone();
    ears.deafen(true);
    await ears.open('open');
    expect(ears.ear.value?.track.enabled).toBe(false);
  });
});

it('a held key is speech, whatever is heard', async () => {
  const ears = microphone();
  await ears.open('hold');
  device.play(sentence);
  expect(ears.speaking.value).toBe(false);
  ears.press();
  expect(ears.speaking.value).toBe(true);
  ears.release();
  expect(ears.speaking.value).toBe(false);
});

it('the meter follows the voice', async () => {
  const ears = microphone();
  await ears.open('open');
  device.play(join(silence(1), spoken('fish').subarray(0, 16_000)));
  expect(ears.level.value).toBeGreaterThan(0.3);
  device.play(silence(1));
  expect(ears.level.value).toBe(0);
});
