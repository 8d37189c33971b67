import { describe, expect, it } from 'vitest';
import type { PageContext } from '@/lib/page/page';
import { until } from '@/tests/vendors/until';
import { live } from '@/tests/vendors/soul-machines/live';
import { emulatedService } from '@/tests/vendors/soul-machines/service';

const service = emulatedService();

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
    const { answer } = await live(service.vendor);
    const text = await answer('What is it about?', page);
    expect(text).toContain('The Wall That Breathes');
    expect(text).toContain('a bag of jelly');
    expect(await service.told('socket scene.conversationSend')).toMatchObject([
      {
        text: 'What is it about?',
        variables: { pageUrl: page.url, pageText: 'Corals\nCorals build.' },
      },
    ]);
  });

  it('is told silently when it is only looked at, and once', async () => {
    const { connection, answer } = await live(service.vendor);
    await connection.look?.(page);
    await connection.look?.(page);
    expect(await service.told('socket scene.conversationSetVariables')).toHaveLength(1);
    expect(await service.told('socket scene.conversationSend')).toEqual([]);
    expect(await answer('And now?', page)).toContain('The Wall That Breathes');
  });

  it('is taken back with the next question that is about none', async () => {
    const { answer } = await live(service.vendor);
    await answer('What is it about?', page);
    expect(await answer('And without?')).not.toContain('Breathes');
  });

  it('is told aloud when the reader moves on, where its author made an answer to that', async () => {
    const { connection, subject } = await live(
      service.vendor,
      {},
      { grant: { pageMetadata: true } },
    );
    await connection.look?.(page);
    await connection.look?.({ ...page, url: 'https://sea.example/crabs' });
    await until('its words', () => subject.of('said').some(({ final }) => final));
    expect(await service.told('socket scene.conversationSend')).toMatchObject([
      { text: 'PAGE_METADATA', variables: { pageUrl: 'https://sea.example/crabs' } },
    ]);
  });
});

describe('an answer', () => {
  it('is pointed at word by word while it is spoken', async () => {
    const { subject, answer } = await live(service.vendor, { speech: 'aloud' });
    const text = await answer('What lives in a tide pool?');
    const words = subject.of('spoken').map(({ from, to }) => text.slice(from, to));
    expect(words.slice(0, 3)).toEqual(['You', 'asked', 'about']);
  });

  it('is heard as sound', async () => {
    const { subject, connection } = await live(service.vendor, { speech: 'aloud' });
    await connection.ask('Say something long about the sea, please.', null);
    await until('speaking', () => subject.of('speaking').length > 0);
    const video = subject.stage.querySelector('video');
    const loud = await until('sound', () => loudness(video), 8000);
    expect(loud).toBeGreaterThan(0.005);
    expect(video?.videoWidth).toBeGreaterThan(0);
  });

  it('is silent at once when it is cut, and its late words are not shown', async () => {
    const { subject, connection, finals, answer } = await live(service.vendor, { speech: 'aloud' });
    await connection.ask('What lives in a tide pool?', null);
    await until('speaking', () => subject.of('said').length > 0);
    await connection.interrupt?.();
    expect(finals()).toMatchObject([{ cut: true }]);
    expect(subject.of('speaking').at(-1)?.who).toBe(null);
    await service.vendor.turn({ now: { do: 'send', text: late(finals()[0]?.text ?? '') } });
    expect(await answer('And in a lake?')).toContain('in a lake');
    expect(finals()).toHaveLength(2);
  });

  it('that was still thought of when it was cut is never spoken', async () => {
    const { connection, finals, answer, subject } = await live(service.vendor, { thinks: 300 });
    await connection.ask('The first one', null);
    await connection.interrupt?.();
    await service.vendor.turn({
      now: { do: 'send', text: result('The first one', 'Words of the first.') },
    });
    await service.vendor.turn({ now: { do: 'send', text: late('Words of the first.') } });
    expect(await answer('The second one')).toContain('the second one');
    expect(finals()).toHaveLength(1);
    expect(subject.of('failed')).toEqual([]);
  });

  it('can be any words of ours', async () => {
    const { connection, finals } = await live(service.vendor);
    await connection.speak?.('Exactly these words.');
    await until('them', () => finals().length > 0);
    expect(finals()[0]?.text).toBe('Exactly these words.');
    expect(await service.told('socket scene.startSpeaking')).toMatchObject([
      { text: 'Exactly these words.' },
    ]);
  });

  it('comes over the customer’s own server where the browser has to relay it', async () => {
    const { answer } = await live(service.vendor, { control: 'relay' });
    expect(await answer('What is it about?', page)).toContain('The Wall That Breathes');
    expect((await service.vendor.told()).map(({ what }) => what)).toContain(
      'control scene.conversationRequest',
    );
  });

  it('may be a greeting, also where the reader has muted it', async () => {
    const { finals, subject } = await live(
      service.vendor,
      { greeting: 'Welcome!' },
      { grant: { muted: true } },
    );
    await until('it', () => finals().length > 0);
    expect(finals()[0]?.text).toBe('Welcome!');
    expect(subject.stage.querySelector('video')?.muted).toBe(true);
  });
});

describe('cards', () => {
  it('come with the message, each once, whatever their kind', async () => {
    const { subject, answer, finals } = await live(service.vendor);
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
