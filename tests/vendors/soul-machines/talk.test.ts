import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Ear } from '@/lib/ears/ear';
import type { PageContext } from '@/lib/page/page';
import type { Opening, SoulMachinesGrant } from '@/lib/session/provider';
import type {
  SoulMachinesControls,
  SoulMachinesEmulator,
} from '@/tests/emulators/soul-machines/soul-machines';
import {
  avatar,
  closeAvatars,
  grantFrom,
  keyOf,
  until,
  type Emulated,
} from '@/tests/vendors/soul-machines/avatar';
import { startVendor } from '@/tests/vendors/vendor';

let vendor: Emulated;
beforeAll(async () => {
  vendor = await startVendor<SoulMachinesControls>('soul-machines');
});
afterEach(async () => {
  await closeAvatars();
  expect(await vendor.unknown()).toEqual([]);
  await vendor.reset();
});
afterAll(() => vendor.stop());

async function live(
  knobs: Partial<SoulMachinesEmulator['knobs']> = {},
  grant: Partial<SoulMachinesGrant> = {},
  opening: Partial<Opening> = {},
) {
  await vendor.turn({ speech: 'quick', ...knobs });
  const subject = avatar(await grantFrom(vendor, grant), opening);
  const connection = await subject.open();
  const finals = () => subject.of('said').filter(({ who, final }) => who === 'avatar' && final);
  const answer = async (question: string, context: PageContext | null = null) => {
    const before = finals().length;
    await connection.ask(question, context);
    await until('an answer', () => finals().length > before);
    return finals().at(-1)?.text ?? '';
  };
  const sent = async (what: string) =>
    (await vendor.told()).filter((told) => told.what === `socket ${what}`).map(({ body }) => body);
  return { subject, connection, finals, answer, sent };
}

const page: PageContext = {
  url: 'https://sea.example/pools',
  title: 'The Wall That Breathes',
  language: 'en',
  selection: { text: 'a bag of jelly', before: 'It is ', after: ', no more.' },
  text: {
    sections: [{ heading: 'Corals', level: 2, text: 'Corals build.' }],
    length: 13,
    omitted: 0,
  },
};

describe('the page', () => {
  it('goes along with a question, and is in the answer', async () => {
    const { answer, sent } = await live();
    const text = await answer('What is it about?', page);
    expect(text).toContain('The Wall That Breathes');
    expect(text).toContain('a bag of jelly');
    expect(await sent('scene.conversationSend')).toMatchObject([
      {
        text: 'What is it about?',
        variables: { pageUrl: page.url, pageText: 'Corals\nCorals build.' },
      },
    ]);
  });

  it('is told silently when it is only looked at, and once', async () => {
    const { connection, answer, sent } = await live();
    await connection.look?.(page);
    await connection.look?.(page);
    expect(await sent('scene.conversationSetVariables')).toHaveLength(1);
    expect(await sent('scene.conversationSend')).toEqual([]);
    expect(await answer('And now?', page)).toContain('The Wall That Breathes');
  });

  it('is taken back with the next question that is about none', async () => {
    const { answer } = await live();
    await answer('What is it about?', page);
    expect(await answer('And without?')).not.toContain('Breathes');
  });

  it('is told aloud when the reader moves on, where its author made an answer to that', async () => {
    const { connection, subject, sent } = await live({}, { pageMetadata: true });
    await connection.look?.(page);
    await connection.look?.({ ...page, url: 'https://sea.example/crabs' });
    await until('its words', () => subject.of('said').some(({ final }) => final));
    expect(await sent('scene.conversationSend')).toMatchObject([
      { text: 'PAGE_METADATA', variables: { pageUrl: 'https://sea.example/crabs' } },
    ]);
  });
});

describe('an answer', () => {
  it('is pointed at word by word while it is spoken', async () => {
    const { subject, answer } = await live({ speech: 'aloud' });
    const text = await answer('What lives in a tide pool?');
    const words = subject.of('spoken').map(({ from, to }) => text.slice(from, to));
    expect(words.slice(0, 3)).toEqual(['You', 'asked', 'about']);
  });

  it('is heard as sound', async () => {
    const { subject, connection } = await live({ speech: 'aloud' });
    await connection.ask('Say something long about the sea, please.', null);
    await until('speaking', () => subject.of('speaking').length > 0);
    const video = subject.stage.querySelector('video');
    const loud = await until('sound', () => loudness(video), 8000);
    expect(loud).toBeGreaterThan(0.005);
    expect(video?.videoWidth).toBeGreaterThan(0);
  });

  it('is silent at once when it is cut, and its late words are not shown', async () => {
    const { subject, connection, finals, answer } = await live({ speech: 'aloud' });
    await connection.ask('What lives in a tide pool?', null);
    await until('speaking', () => subject.of('said').length > 0);
    await connection.interrupt?.();
    expect(finals()).toMatchObject([{ cut: true }]);
    expect(subject.of('speaking').at(-1)?.who).toBe(null);
    await vendor.turn({ now: { do: 'send', text: late(finals()[0]?.text ?? '') } });
    expect(await answer('And in a lake?')).toContain('in a lake');
    expect(finals()).toHaveLength(2);
  });

  it('that was still thought of when it was cut is never spoken', async () => {
    const { connection, finals, answer, subject } = await live({ thinks: 300 });
    await connection.ask('The first one', null);
    await connection.interrupt?.();
    await vendor.turn({
      now: { do: 'send', text: result('The first one', 'Words of the first.') },
    });
    await vendor.turn({ now: { do: 'send', text: late('Words of the first.') } });
    expect(await answer('The second one')).toContain('the second one');
    expect(finals()).toHaveLength(1);
    expect(subject.of('failed')).toEqual([]);
  });

  it('can be any words of ours', async () => {
    const { connection, finals, sent } = await live();
    await connection.speak?.('Exactly these words.');
    await until('them', () => finals().length > 0);
    expect(finals()[0]?.text).toBe('Exactly these words.');
    expect(await sent('scene.startSpeaking')).toMatchObject([{ text: 'Exactly these words.' }]);
  });

  it('comes over the customer’s own server where the browser has to relay it', async () => {
    const { answer } = await live({ control: 'relay' });
    expect(await answer('What is it about?', page)).toContain('The Wall That Breathes');
    expect((await vendor.told()).map(({ what }) => what)).toContain(
      'control scene.conversationRequest',
    );
  });

  it('may be a greeting, also where the reader has muted it', async () => {
    const { finals, subject } = await live({ greeting: 'Welcome!' }, { muted: true });
    await until('it', () => finals().length > 0);
    expect(finals()[0]?.text).toBe('Welcome!');
    expect(subject.stage.querySelector('video')?.muted).toBe(true);
  });
});

describe('cards', () => {
  it('come with the message, each once, whatever their kind', async () => {
    const { subject, answer, finals } = await live();
    await answer('Show me cards');
    const [message] = finals();
    const cards = subject.of('card');
    expect(new Set(cards.map(({ id }) => id))).toEqual(new Set([message?.id]));
    expect(cards.map(({ card }) => card)).toEqual([
      { kind: 'text', title: 'Tide pools', text: 'Pools the sea leaves behind.' },
      { kind: 'image', url: 'https://pictures.example/pool.jpg', alt: 'A tide pool' },
      {
        kind: 'options',
        options: [
          { label: 'Tell me more', value: 'Tell me more' },
          { label: 'Crabs', value: 'Which crabs live there?' },
        ],
      },
      {
        kind: 'link',
        url: 'https://sea.example/pools',
        title: 'About pools',
        text: 'A field guide',
      },
      { kind: 'text', title: null, text: 'Click me' },
      { kind: 'text', title: null, text: 'A film of it' },
      { kind: 'text', title: null, text: 'just some words' },
    ]);
    await answer('Show me cards again');
    expect(subject.of('card')).toHaveLength(14);
  });
});

describe('the reader’s voice', () => {
  it('is heard by the service as it is, understood, and answered', async () => {
    const { subject, connection, finals } = await live({ recognises: 'What is a crab?' });
    const captured: unknown[] = [];
    const capture = navigator.mediaDevices.getUserMedia;
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      captured.push(wanted);
      return capture.call(navigator.mediaDevices, wanted);
    };
    const context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: 440 });
    const gain = new GainNode(context, { gain: 0.5 });
    const sink = context.createMediaStreamDestination();
    tone.connect(gain).connect(sink);
    const [track] = sink.stream.getAudioTracks();
    if (!track) throw new Error('There is no tone.');
    try {
      await connection.hear?.(earOf(track));
      tone.start();
      await until('interim words', () => subject.of('said').some(({ who }) => who === 'reader'));
      tone.stop();
      await until('the final ones', () =>
        subject.of('said').some(({ who, final }) => who === 'reader' && final),
      );
      await until('an answer', () => finals().length > 0);
      expect(finals()[0]?.text).toContain('is a crab');
      const heard = (await vendor.told()).find(({ what }) => what === 'heard')?.body;
      const { hertz, seconds } = heard as { hertz: number; seconds: number };
      expect(Math.abs(hertz - 440)).toBeLessThan(15);
      expect(seconds).toBeGreaterThan(0.1);
      // The device belongs to the panel: nobody else opens it or stops its track.
      expect(captured).toEqual([]);
      await connection.hear?.(null);
      await connection.close();
      expect(track.readyState).toBe('live');
    } finally {
      navigator.mediaDevices.getUserMedia = capture;
      await context.close();
    }
  });
});

describe('a session', () => {
  it('tells the versions it runs on', async () => {
    const { subject } = await live();
    await until('both', () => 'platform' in (subject.of('details').at(-1)?.details ?? {}));
    expect(subject.of('details').at(-1)?.details).toEqual({ sdk: '15.8.1', platform: '24.2.0' });
  });

  it('tells what room its picture has', async () => {
    const { connection, subject, sent } = await live();
    await connection.resize?.(300.4, 200);
    await until('it being told', async () => (await sent('webrtc.videoBounds')).length > 1);
    expect((await sent('webrtc.videoBounds')).at(-1)).toMatchObject({ width: 300, height: 200 });
    await until('the picture following', () => {
      return subject.stage.querySelector('video')?.videoWidth === 300;
    });
  });

  it('is found again by its key after the line was lost, and remembers', async () => {
    const { subject, answer } = await live({ resumable: true }, { credential: keyOf(vendor) });
    await answer('My name is Ada');
    const token = subject.of('resumable').at(-1)?.token ?? null;
    expect(token).not.toBe(null);
    await vendor.turn({ now: { do: 'drop' } });
    await until('its end', () => subject.of('ended').length > 0);
    expect(JSON.stringify(subject.events)).not.toContain((keyOf(vendor) as { key: string }).key);

    const history = [{ who: 'reader', text: 'My name is Ada' }] as const;
    const again = await live(
      { resumable: true },
      { credential: keyOf(vendor) },
      { resume: token, history },
    );
    expect(await again.answer('What did I say before?')).toContain('My name is Ada');
    const told = (await vendor.told()).map(({ what }) => what);
    expect(told).toContain('socket webrtc.updateOffer');
    expect(told).toContain('socket /server/emulated-1');
    expect(JSON.stringify(await again.sent('scene.conversationSend'))).not.toContain('History');
    await again.connection.close();
    expect(again.subject.of('resumable').at(-1)?.token).toBe(null);
  });

  it('that is gone is begun anew, with what was said', async () => {
    const resume = JSON.stringify({ server: 'emulated-1', session: 'long-ago' });
    const history = [
      { who: 'reader', text: 'My name is Ada' },
      { who: 'avatar', text: 'Hello Ada' },
    ] as const;
    const { answer, sent } = await live(
      { resumable: true },
      { credential: keyOf(vendor) },
      { resume, history },
    );
    await answer('What is my name?');
    await answer('And yours?');
    const [first, second] = await sent('scene.conversationSend');
    expect(first).toMatchObject({
      variables: { conversationHistory: 'reader: My name is Ada\navatar: Hello Ada' },
    });
    expect(JSON.stringify(second)).not.toContain('conversationHistory');
  });

  it('says that the browser wants a click first, and takes it', async () => {
    const play = HTMLMediaElement.prototype.play;
    let clicked = false;
    // As a browser does whose policy this run has switched off.
    HTMLMediaElement.prototype.play = function held(this: HTMLMediaElement) {
      if (this.muted || clicked) return play.call(this);
      return Promise.reject(new DOMException('', 'NotAllowedError'));
    };
    try {
      const { subject, connection } = await live();
      expect(subject.of('voice').at(-1)?.state).toBe('blocked');
      expect(subject.stage.querySelector('video')?.muted).toBe(true);
      clicked = true;
      await connection.mute(false);
      expect(subject.of('voice').at(-1)?.state).toBe('heard');
      expect(subject.stage.querySelector('video')?.muted).toBe(false);
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
  });

  it('is refused where the browser plays nothing at all', async () => {
    const play = HTMLMediaElement.prototype.play;
    HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError'));
    try {
      await expect(live()).rejects.toMatchObject({ code: 'vendor_media' });
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
  });

  it('ends with its page', async () => {
    const { subject } = await live();
    window.dispatchEvent(new Event('pagehide'));
    await until('its end', () => subject.of('ended').length > 0);
    await until('the service being told', async () => (await vendor.running()).length === 0);
    expect((await vendor.told()).map(({ what }) => what)).toContain('socket webrtc.close');
  });
});

const late = (currentSpeech: string) =>
  message('state', { persona: { 1: { speechState: 'speaking', currentSpeech } } });

const result = (question: string, text: string) =>
  message('conversationResult', {
    personaId: 1,
    status: 0,
    input: { text: question },
    output: { text, context: {} },
    provider: { kind: 'emulated', meta: {} },
  });

function message(name: string, body: object): string {
  return JSON.stringify({ category: 'scene', kind: 'event', name, body });
}

function earOf(track: MediaStreamTrack): Ear {
  return { track, mode: 'open', onBlock: () => () => undefined, onSpeech: () => () => undefined };
}

/** Root mean square of what the video plays, over a moment. */
async function loudness(video: HTMLVideoElement | null): Promise<number> {
  if (!(video?.srcObject instanceof MediaStream)) return 0;
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 4096 });
  context.createMediaStreamSource(video.srcObject).connect(analyser);
  await new Promise((resolve) => setTimeout(resolve, 150));
  const samples = new Float32Array(analyser.fftSize);
  analyser.getFloatTimeDomainData(samples);
  await context.close();
  const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
  return level > 0.005 ? level : 0;
}
