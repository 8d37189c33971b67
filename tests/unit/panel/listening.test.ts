import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createAsker } from '@/lib/ears/asking';
import type { Ear } from '@/lib/ears/ear';
import { createMicrophone } from '@/lib/ears/microphone';
import type { Place } from '@/lib/ears/recognition';
import { AppError } from '@/lib/errors';
import { createListening, type Listening, type ListeningOptions } from '@/lib/panel/listening';
import { createNotices, type Notices } from '@/lib/panel/notice';
import type { ProviderId } from '@/lib/session/provider';
import { createSession, type Session } from '@/lib/session/session';
import * as settings from '@/lib/settings';
import { localGrant, scripted, type Script, type Scripted } from '@/tests/contract/scripted';
import { join, noise } from '@/tests/sound/noise';
import { spoken } from '@/tests/sound/spoken';
import { fakeDevice } from '@/tests/unit/ears/device';
import { permissionOf, twoEnds } from '@/tests/unit/ears/leave';
import { handTurned, settled } from '@/tests/unit/ears/time';
import { eventually } from '@/tests/unit/eventually';

// The panel loads them with the first word; here they are there already, so that turns can be counted.
beforeAll(() => import('@/lib/ears/stream'));

const silence = (seconds: number) => new Float32Array(seconds * 16_000);

interface World extends Scripted {
  readonly listening: Listening;
  readonly session: Session;
  readonly notices: Notices;
  readonly device: ReturnType<typeof fakeDevice>;
  readonly clock: ReturnType<typeof handTurned>;
  readonly leave: ReturnType<typeof permissionOf>['leave'];
  /** What the page in the tab would say. */
  readonly page: ReturnType<typeof twoEnds>[1];
  readonly asked: () => number;
  readonly heard: Ear[];
  readonly interrupts: () => number;
  readonly notice: () => string | undefined;
}

interface Setup {
  readonly leave?: PermissionState;
  /** The browser asks by itself. */
  readonly asksItself?: boolean;
  readonly script?: Script;
  readonly provider?: ProviderId;
  readonly place?: Place;
  readonly isPrivate?: boolean;
  readonly kept?: Partial<settings.EarsSettings>;
  /** Vis hears once a company may listen. */
  readonly needsConsent?: boolean;
}

let worlds: World[] = [];

async function world(setup: Setup = {}): Promise<World> {
  const { leave: state = 'granted', provider = 'inworld', place = 'none' } = setup;
  await settings.ears.set({ ...settings.newEars, ...setup.kept });
  const device = fakeDevice();
  const clock = handTurned();
  const { leave, permission } = permissionOf(state);
  const [panelEnd, page] = twoEnds();
  const heard: Ear[] = [];
  let asked = 0;
  let interrupts = 0;
  const deaf = scripted({ interrupt: () => undefined });
  const fake = scripted({
    interrupt: () => undefined,
    hear: (ear) => {
      if (ear) heard.push(ear);
    },
    ...setup.script,
  });
  const session = createSession({
    provide: async () => {
      const hears = setup.needsConsent !== true || (await settings.cloudEars.get()) !== null;
      // Only the name tells what kind of avatar it is; its grant is not looked at here.
      const grant = { ...localGrant, provider } as typeof localGrant;
      return { provider: (hears ? fake : deaf).provider, grant };
    },
    stage: () => ({}) as HTMLElement,
    history: () => [],
    heard: () => undefined,
  });
  const notices = createNotices();
  const asker = createAsker({
    permission,
    line: panelEnd,
    open: async () => void (asked += 1),
  });
  const options: ListeningOptions = {
    session,
    notices,
    permission,
    clock,
    asker: setup.asksItself ? null : asker,
    howTo: asker.show,
    isPrivate: setup.isPrivate ?? false,
    own: async () => ({ place: async () => place, download: async () => true, company: 'Google' }),
    microphone: (told) =>
      createMicrophone({
        capture: device.capture,
        devices: async () => [{ id: '1', label: 'Built-in' }],
        wanted: async () => (await settings.ears.get()).device,
        ...told,
      }),
    wake: () => session.start(),
    interrupt: async () => {
      interrupts += 1;
      await session.interrupt();
    },
  };
  const listening = createListening(options);
  await settled();
  const made = {
    ...fake,
    listening,
    session,
    notices,
    device,
    clock,
    leave,
    page,
    heard,
    asked: () => asked,
    interrupts: () => interrupts,
    notice: () => notices.current.value?.text,
  };
  worlds.push(made);
  return made;
}

/** Switched on by the command, whatever the button does. */
async function listening(setup: Setup = {}): Promise<World> {
  const made = await world(setup);
  made.listening.toggle();
  await settled();
  return made;
}

beforeEach(() => {
  fakeBrowser.reset();
  worlds = [];
});

afterEach(async () => {
  // Whatever happened: after "off" nothing is captured anywhere.
  for (const { listening, device, session } of worlds) {
    listening.dispose();
    await session.end('user');
    expect(device.live.size).toBe(0);
  }
});

it('captures nothing and asks nobody before the reader wants it', async () => {
  const { listening, device, asked, session } = await world({ leave: 'prompt' });
  await session.start();
  expect([listening.state.value, device.opens(), asked()]).toEqual(['off', 0, 0]);
});

it('hands the avatar its ear while it is on, and takes it back', async () => {
  const { listening: ears, calls, device } = await listening();
  expect(ears.state.value).toBe('ready');
  expect(calls).toEqual(['open', 'hear open']);
  device.play(join(silence(1), spoken('fish')));
  expect(ears.state.value).toBe('hearing');
  expect(ears.level.value).toBeGreaterThan(0);
  ears.toggle();
  await settled();
  expect(ears.state.value).toBe('off');
  expect(device.live.size).toBe(0);
  expect(calls.at(-1)).toBe('hear nothing');
});

it('a session that is opened anew gets its ear again', async () => {
  const { session, calls } = await listening();
  await session.renew();
  await settled();
  expect(calls.filter((call) => call === 'hear open')).toHaveLength(2);
});

describe('held', () => {
  it('listens while it is held, and a moment longer, and is off', async () => {
    const { listening: ears, device, clock, heard } = await world();
    ears.press();
    await settled();
    expect(ears.state.value).toBe('hearing');
    const events: string[] = [];
    heard[0]?.onSpeech((speech) => events.push(speech));
    await clock.pass(2_000);
    ears.release();
    expect(device.live.size).toBe(1);
    await clock.pass(200);
    expect([ears.state.value, device.live.size]).toEqual(['off', 0]);
    expect(events).toEqual(['ended']);
  });

  it('let go before it is open, nothing is left open', async () => {
    const { listening: ears, device, notice } = await world();
    ears.press();
    ears.release();
    await settled();
    expect([ears.state.value, device.live.size]).toEqual(['off', 0]);
    expect(notice()).toContain('Hold the microphone button');
  });

  it('held again at once it goes on', async () => {
    const { listening: ears, device, clock } = await world();
    ears.press();
    await settled();
    ears.release();
    await clock.pass(50);
    ears.press();
    await settled();
    await clock.pass(1_000);
    expect([ears.state.value, device.live.size]).toEqual(['hearing', 1]);
  });

  it('cuts in on the avatar at once', async () => {
    const { listening: ears, session, emit, interrupts } = await world();
    await session.start();
    emit({ type: 'speaking', who: 'avatar' });
    ears.press();
    expect(interrupts()).toBe(1);
  });
});

it('pressed once where the reader likes it open, and once more', async () => {
  const { listening: ears, device } = await world({ kept: { mode: 'open' } });
  ears.press();
  ears.release();
  await settled();
  expect(ears.state.value).toBe('ready');
  ears.press();
  expect([ears.state.value, device.live.size]).toEqual(['off', 0]);
});

describe('the browser’s leave', () => {
  it('not given yet, a page asks; the panel opens nothing before', async () => {
    const { listening: ears, device, asked, leave, page } = await listening({ leave: 'prompt' });
    expect([ears.state.value, asked(), device.opens()]).toEqual(['asking', 1, 0]);
    const notes: string[] = [];
    page.on((note) => notes.push(note));
    leave.value = 'granted';
    await settled();
    expect([ears.state.value, device.opens()]).toEqual(['ready', 1]);
    expect(notes).toEqual(['taken']);
  });

  it('given while the button is held no more, the page may go, and nothing listens', async () => {
    const { listening: ears, device, leave, page, notice } = await world({ leave: 'prompt' });
    const notes: string[] = [];
    page.on((note) => notes.push(note));
    ears.press();
    await settled();
    ears.release();
    expect(ears.state.value).toBe('asking');
    leave.value = 'granted';
    await settled();
    expect([ears.state.value, device.live.size, device.opens()]).toEqual(['off', 0, 1]);
    expect(notes).toEqual(['taken']);
    expect(notice()).toContain('Hold the microphone button');
  });

  it('never given, it says so and how to mend it; typing is not touched', async () => {
    const { listening: ears, leave, device, notices, asked } = await listening({ leave: 'prompt' });
    leave.value = 'denied';
    await settled();
    expect([ears.state.value, device.opens()]).toEqual(['off', 0]);
    expect(notices.current.value?.text).toContain('typing always works');
    notices.current.value?.action?.run();
    expect(asked()).toBe(2);
  });

  it('the page closed without an answer, it is off and nothing went wrong', async () => {
    const { listening: ears, page, notice } = await listening({ leave: 'prompt' });
    page.tell('closed');
    await settled();
    expect([ears.state.value, notice()]).toEqual(['off', undefined]);
  });

  it('called off by the reader it waits no longer, and opens nothing later', async () => {
    const { listening: ears, leave, device } = await listening({ leave: 'prompt' });
    ears.toggle();
    leave.value = 'granted';
    await settled();
    expect([ears.state.value, device.opens()]).toEqual(['off', 0]);
  });

  it('asked for again while the page waits, the page comes to the front', async () => {
    const { listening: ears, asked } = await listening({ leave: 'prompt' });
    ears.press();
    expect([ears.state.value, asked()]).toEqual(['asking', 2]);
  });

  it('where the browser asks by itself no page does', async () => {
    const { listening: ears, asked } = await listening({ leave: 'prompt', asksItself: true });
    expect([ears.state.value, asked()]).toEqual(['ready', 0]);
  });

  it('let go to answer the browser’s own question, it opens, says what to do next, and is off', async () => {
    const made = await world({ leave: 'prompt', asksItself: true });
    let allow: () => void = () => undefined;
    made.device.answers(() => new Promise((resolve) => (allow = resolve)));
    made.listening.press();
    await settled();
    made.listening.release();
    await made.clock.pass(5_000);
    expect(made.listening.state.value).toBe('opening');
    allow();
    await settled();
    expect([made.listening.state.value, made.device.live.size]).toEqual(['off', 0]);
    expect(made.notice()).toContain('Hold the microphone button');
  });

  it('let go to answer it, and refused, the steps are offered all the same', async () => {
    const made = await world({ leave: 'prompt', asksItself: true });
    let refuse: (error: AppError) => void = () => undefined;
    made.device.answers(() => new Promise((_, reject) => (refuse = reject)));
    made.listening.press();
    await settled();
    made.listening.release();
    refuse(new AppError('microphone_denied'));
    await settled();
    expect(made.listening.state.value).toBe('off');
    expect(made.notices.current.value?.action?.label).toBe('How to allow it');
  });

  it('refused by the browser’s own question, the steps are offered', async () => {
    const made = await world({ leave: 'prompt', asksItself: true });
    made.device.answers(async () => {
      throw new AppError('microphone_denied');
    });
    made.listening.toggle();
    await settled();
    expect(made.notices.current.value?.action?.label).toBe('How to allow it');
  });

  it('taken back while it listens, it is off and says which of the two it was', async () => {
    const { listening: ears, leave, device, clock, notice } = await listening();
    device.pull();
    leave.value = 'denied';
    await clock.pass(300);
    expect(ears.state.value).toBe('off');
    expect(notice()).toContain('taken back');
  });

  it('taken back by a browser that leaves the track alone, it is off all the same', async () => {
    const { listening: ears, leave, device, notice } = await listening();
    leave.value = 'denied';
    expect([ears.state.value, device.live.size]).toEqual(['off', 0]);
    expect(notice()).toContain('taken back');
  });

  it('taken back where the browser asks by itself, it is no pulled plug either', async () => {
    const made = await listening({ asksItself: true });
    made.device.pull();
    made.leave.value = 'denied';
    await made.clock.pass(300);
    expect(made.notice()).toContain('taken back');
  });

  it('a pulled plug is a pulled plug', async () => {
    const { device, clock, notice } = await listening();
    device.pull();
    await clock.pass(300);
    expect(notice()).toContain('The microphone is gone');
  });
});

describe('while the avatar speaks', () => {
  it.each([
    { who: 'Vis, whose voice the browser cannot take out', provider: 'local' as const, deaf: true },
    { who: 'an avatar whose voice it can', provider: 'perso' as const, deaf: false },
  ])('it is deaf to $who: $deaf', async ({ provider, deaf }) => {
    const { listening: ears, emit, heard } = await listening({ provider });
    emit({ type: 'speaking', who: 'avatar' });
    expect(ears.state.value).toBe(deaf ? 'deaf' : 'ready');
    expect(heard[0]?.track.enabled).toBe(!deaf);
  });

  it.each([
    { duplex: 'half' as const, provider: 'perso' as const, deaf: true },
    { duplex: 'full' as const, provider: 'local' as const, deaf: false },
  ])('as the reader wants it: $duplex', async ({ duplex, provider, deaf }) => {
    const { listening: ears, emit } = await listening({ provider, kept: { duplex } });
    emit({ type: 'speaking', who: 'avatar' });
    expect(ears.state.value).toBe(deaf ? 'deaf' : 'ready');
  });

  it('it hears again when the last sound has left the room', async () => {
    const { listening: ears, emit, clock } = await listening({ provider: 'local' });
    emit({ type: 'speaking', who: 'avatar' });
    emit({ type: 'speaking', who: null });
    expect(ears.state.value).toBe('deaf');
    await clock.pass(400);
    expect(ears.state.value).toBe('ready');
  });

  it('a voice over it silences it', async () => {
    const { emit, device, interrupts, session } = await listening({ kept: { duplex: 'full' } });
    device.play(silence(2));
    emit({ type: 'speaking', who: 'avatar' });
    device.play(join(silence(1), spoken('fish')));
    expect(interrupts()).toBe(1);
    expect(session.activity.value).toBe('quiet');
  });

  it('at the first sign of a voice it is held, and let go once the voice has cut in', async () => {
    const made = await listening({ script: { hold: () => undefined } });
    made.device.play(silence(2));
    made.emit({ type: 'speaking', who: 'avatar' });
    const before = made.calls.length;
    made.device.play(join(silence(1), spoken('fish')));
    expect(made.calls.slice(before)).toEqual(['hold', 'interrupt', 'release']);
  });

  it('a cough holds it, and lets it go on', async () => {
    const made = await listening({ script: { hold: () => undefined } });
    made.device.play(silence(2));
    made.emit({ type: 'speaking', who: 'avatar' });
    const before = made.calls.length;
    const cough = noise({ kind: 'hiss', rate: 16_000, seconds: 0.2, loudness: -24, seed: 2 });
    made.device.play(join(silence(1), cough, silence(1)));
    expect(made.calls.slice(before)).toEqual(['hold', 'release']);
    expect(made.session.activity.value).toBe('speaking');
  });

  it('switched off while it is held, it goes on', async () => {
    const made = await listening({ script: { hold: () => undefined } });
    made.device.play(silence(2));
    made.emit({ type: 'speaking', who: 'avatar' });
    made.device.play(join(silence(1), spoken('fish').subarray(0, 1600)));
    expect(made.calls.at(-1)).toBe('hold');
    made.listening.toggle();
    expect(made.calls).toContain('release');
  });

  it('its own voice in the microphone does not', async () => {
    const { emit, device, interrupts } = await listening({ kept: { duplex: 'full' } });
    device.play(silence(2));
    emit({ type: 'speaking', who: 'avatar' });
    const echo = join(spoken('coral'), spoken('names')).map((sample) => sample * 0.2);
    device.play(echo);
    expect(interrupts()).toBe(0);
  });
});

describe('it switches itself off', () => {
  it('after as much silence as told, and says so', async () => {
    const { listening: ears, clock, device, notice } = await listening({ kept: { autoOff: 60 } });
    await clock.pass(59_000);
    expect(ears.state.value).toBe('ready');
    await clock.pass(2_000);
    expect([ears.state.value, device.live.size]).toEqual(['off', 0]);
    expect(notice()).toBe('I stopped listening, since nothing was said for one minute.');
  });

  it('not while somebody speaks, and the silence begins anew after', async () => {
    const { listening: ears, clock, device } = await listening({ kept: { autoOff: 60 } });
    await clock.pass(50_000);
    device.play(join(silence(1), spoken('fish')));
    await clock.pass(600_000);
    expect(ears.state.value).toBe('hearing');
    device.play(silence(2));
    await clock.pass(59_000);
    expect(ears.state.value).toBe('ready');
    await clock.pass(2_000);
    expect(ears.state.value).toBe('off');
  });

  it('never, where that is wanted', async () => {
    const { listening: ears, clock } = await listening({ kept: { autoOff: 0 } });
    await clock.pass(3_600_000);
    expect(ears.state.value).toBe('ready');
  });

  it('when the panel cannot be seen', async () => {
    const { listening: ears, device, notice } = await listening();
    ears.hidden();
    expect([ears.state.value, device.live.size]).toEqual(['off', 0]);
    expect(notice()).toContain('could not see me');
  });

  it('when the session ends', async () => {
    const { listening: ears, device, session } = await listening();
    await session.end('moved');
    expect([ears.state.value, device.live.size]).toEqual(['off', 0]);
  });
});

it('says in a private window that it is one, once', async () => {
  const { listening: ears, notice, notices } = await listening({ isPrivate: true });
  expect(notice()).toContain('private window');
  notices.dismiss();
  ears.toggle();
  ears.toggle();
  await settled();
  expect(notice()).toBeUndefined();
});

it.each([
  { code: 'microphone_none', says: 'Plug one in and try again; typing always works.' },
  { code: 'microphone_busy', says: 'Close it there and try again.' },
  { code: 'microphone_gone', says: 'Plug it in and try again.' },
  { code: 'microphone_failed', says: 'Try again, or choose another one in the settings.' },
] as const)(
  '$code is told with what to do next, and can be tried again',
  async ({ code, says }) => {
    const made = await world();
    made.device.answers(async () => {
      throw new AppError(code);
    });
    made.listening.toggle();
    await settled();
    expect([made.listening.state.value, made.device.live.size]).toEqual(['off', 0]);
    expect(made.notice()).toContain(says);
    made.device.answers(async () => undefined);
    made.listening.toggle();
    await settled();
    expect(made.listening.state.value).toBe('ready');
  },
);

describe('Vis', () => {
  const vis = { provider: 'local', needsConsent: true } as const;

  it('where the browser has no recognition says so, and opens nothing', async () => {
    const { device, notice, listening: ears } = await listening({ ...vis, place: 'none' });
    expect(notice()).toContain('This browser cannot turn speech into words');
    expect([device.opens(), ears.consent.value]).toEqual([0, null]);
  });

  it('asks before a company hears anything, by its name', async () => {
    const { device, listening: ears } = await listening({ ...vis, place: 'cloud' });
    expect(ears.consent.value).toEqual({ company: 'Google', download: null });
    expect(device.opens()).toBe(0);
    ears.decline();
    expect(await settings.cloudEars.get()).toBeNull();
  });

  it('hears once the reader has agreed', async () => {
    const made = await listening({ ...vis, place: 'cloud', kept: { mode: 'open' } });
    await made.listening.agree();
    await settled();
    expect(await settings.cloudEars.get()).toBe('Google');
    expect([made.listening.consent.value, made.listening.state.value]).toEqual([null, 'ready']);
    expect(made.calls).toContain('hear open');
  });

  it('stops hearing when that is taken back', async () => {
    const made = await listening({ ...vis, place: 'cloud', kept: { mode: 'open' } });
    await made.listening.agree();
    await settled();
    await settings.cloudEars.set(null);
    await eventually(() => expect(made.listening.state.value).toBe('off'));
    expect(made.device.live.size).toBe(0);
  });

  it('offers to learn it on this device, where it can', async () => {
    const { listening: ears } = await listening({ ...vis, place: 'download' });
    expect(ears.consent.value).toEqual({ company: 'Google', download: 'possible' });
    await ears.download();
    expect(ears.consent.value).toBeNull();
    expect(await settings.cloudEars.get()).toBeNull();
  });
});
