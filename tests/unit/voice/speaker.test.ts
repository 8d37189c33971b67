import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Speech } from '@/lib/session/provider';
import { createSpeaker, type SpeakerOptions } from '@/lib/voice/speaker';
import { FakeSynthesis, FakeUtterance, voice } from './synthesis';

const sentence = 'The reef had lost half of its coral.';
const two = `${sentence} The divers came back in spring.`;

let synthesis: FakeSynthesis;
let events: Speech[];
let page: EventTarget;

beforeEach(() => {
  vi.useFakeTimers();
  synthesis = new FakeSynthesis();
  synthesis.voices = [voice('Ada', 'en-US')];
  events = [];
  page = new EventTarget();
});
afterEach(() => {
  vi.useRealTimers();
});

function speakerWith(options: Partial<SpeakerOptions> = {}) {
  return createSpeaker({
    synthesis,
    emit: (event) => events.push(event),
    voice: null,
    rate: 1,
    volume: 1,
    muted: false,
    utter: (text) => new FakeUtterance(text),
    page,
    ...options,
  });
}

/** A speaker that was told to say `text` as one whole message. */
function saying(text: string, options: Partial<SpeakerOptions> = {}) {
  const speaker = speakerWith(options);
  speaker.say({ id: 'a', text, language: 'en', done: true });
  return speaker;
}

const of = <T extends Speech['type']>(type: T) =>
  events.filter((event): event is Extract<Speech, { type: T }> => event.type === type);
const states = () => of('voice').map(({ state }) => state);
const whoSpoke = () => of('speaking').map(({ who }) => who);
const words = (text: string) => of('spoken').map(({ from, to }) => text.slice(from, to));
const lastCues = () => of('visemes').at(-1)?.cues ?? [];
const everyWord = (text: string) => text.match(/\p{L}+/gu);

it('says a text sentence by sentence and tells when it begins and ends', () => {
  saying(two);
  expect(synthesis.spoken.map(({ text }) => text)).toEqual([sentence]);
  expect(whoSpoke()).toEqual([]);
  synthesis.last.start();
  expect(states()).toEqual(['heard']);
  expect(whoSpoke()).toEqual(['avatar']);
  vi.advanceTimersByTime(2000);
  synthesis.last.end();
  expect(synthesis.last.text).toBe('The divers came back in spring.');
  synthesis.last.start();
  vi.advanceTimersByTime(2000);
  synthesis.last.end();
  expect(whoSpoke()).toEqual(['avatar', null]);
  expect(vi.getTimerCount()).toBe(0);
});

it('takes voice, rate and volume from its options', () => {
  synthesis.voices = [voice('Ada', 'en-US'), voice('Bo', 'en-GB')];
  saying(sentence, { voice: 'Bo', rate: 1.5, volume: 0.4 });
  expect(synthesis.last).toMatchObject({
    voice: { name: 'Bo' },
    lang: 'en-GB',
    rate: 1.5,
    volume: 0.4,
  });
});

it('moves mouth and caption by the estimate where a voice tells no words', () => {
  saying(sentence);
  synthesis.last.start();
  vi.advanceTimersByTime(4000);
  expect(words(sentence)).toEqual(everyWord(sentence));
  expect(whoSpoke()).toEqual(['avatar']);
  const cues = of('visemes')[0]?.cues ?? [];
  expect(cues.length).toBeGreaterThan(20);
  expect(cues.at(-1)?.viseme).toBe('sil');
});

it('follows the words a slow voice tells, with mouth and caption', () => {
  saying(sentence);
  synthesis.last.start();
  vi.advanceTimersByTime(150);
  synthesis.last.reach('reef');
  const now = performance.now();
  const before = of('visemes').length;
  vi.advanceTimersByTime(60);
  synthesis.last.reach('had');
  expect(words(sentence).slice(0, 3)).toEqual(['The', 'reef', 'had']);
  expect(of('visemes').length).toBeGreaterThan(before);
  expect(lastCues()[0]?.at).toBe(now + 60);
});

it('never shows a word twice or goes back, whatever the voice tells', () => {
  saying(sentence);
  synthesis.last.start();
  for (const word of ['lost', 'reef', 'The', 'lost', 'coral', 'half']) {
    vi.advanceTimersByTime(90);
    synthesis.last.reach(word);
  }
  const shown = of('spoken').map(({ from }) => from);
  expect(shown).toEqual([...new Set(shown)].sort((a, b) => a - b));
});

it('learns the pace of a voice from its sentences', () => {
  const speaker = saying(`${sentence} ${sentence}`);
  synthesis.last.start();
  const first = lastCues().at(-1)?.at ?? 0;
  const begun = performance.now();
  vi.advanceTimersByTime(2 * (first - begun));
  synthesis.last.end();
  synthesis.last.start();
  const second = (lastCues().at(-1)?.at ?? 0) - performance.now();
  expect(second / (first - begun)).toBeGreaterThan(1.5);
  speaker.close();
});

it('shuts the mouth when the voice ends before the estimate', () => {
  saying(sentence);
  synthesis.last.start();
  vi.advanceTimersByTime(1200);
  synthesis.last.end();
  expect(lastCues()).toEqual([]);
});

it('reads on without sound when a voice ends as soon as it began', () => {
  saying(sentence);
  synthesis.last.start();
  vi.advanceTimersByTime(20);
  synthesis.last.end();
  vi.advanceTimersByTime(10_000);
  expect(words(sentence)).toEqual(everyWord(sentence));
  expect(whoSpoke()).toEqual(['avatar', null]);
});

it('queues only whole new sentences of a text that grows', () => {
  const speaker = speakerWith();
  const grow = (text: string, done = false) => speaker.say({ id: 'a', text, language: 'en', done });
  grow('The reef had lost half');
  expect(synthesis.spoken).toHaveLength(0);
  grow(sentence);
  expect(synthesis.spoken).toHaveLength(0);
  grow(`${sentence} The divers`);
  expect(synthesis.last.text).toBe(sentence);
  synthesis.last.start();
  vi.advanceTimersByTime(2000);
  synthesis.last.end();
  expect(whoSpoke()).toEqual(['avatar', null]);
  grow(two, true);
  expect(synthesis.last.text).toBe('The divers came back in spring.');
  synthesis.last.start();
  expect(of('spoken').at(-1)).toMatchObject({ id: 'a', from: two.indexOf('The divers') });
  vi.advanceTimersByTime(2000);
  synthesis.last.end();
  grow(two, true);
  expect(synthesis.spoken).toHaveLength(2);
});

it('is silent with a shut mouth before interrupt returns, and says where it was cut', () => {
  const speaker = saying(two);
  synthesis.last.start();
  synthesis.last.reach('lost');
  const before = events.length;
  expect(speaker.interrupt()).toEqual({ id: 'a', at: two.indexOf('lost') + 4 });
  expect(synthesis.speaking).toBe(false);
  expect(events.slice(before)).toEqual([
    { type: 'visemes', cues: [] },
    { type: 'speaking', who: null },
  ]);
  expect(vi.getTimerCount()).toBe(0);
  speaker.say({ id: 'a', text: `${two} And more.`, language: 'en', done: true });
  vi.advanceTimersByTime(5000);
  expect(synthesis.spoken).toHaveLength(1);
  expect(speaker.interrupt()).toBeNull();
});

it('cuts a text that is still being thought of, between two sentences', () => {
  const speaker = speakerWith({ synthesis: undefined });
  speaker.say({ id: 'a', text: `${sentence} The div`, language: 'en', done: false });
  vi.advanceTimersByTime(10_000);
  expect(speaker.interrupt()).toEqual({ id: 'a', at: sentence.length - 1 });
  speaker.say({ id: 'a', text: two, language: 'en', done: true });
  expect(vi.getTimerCount()).toBe(0);
});

it('has nothing to cut once everything was said', () => {
  const speaker = saying(sentence, { synthesis: undefined });
  vi.advanceTimersByTime(10_000);
  expect(speaker.interrupt()).toBeNull();
});

it('leaves a cancelled voice alone for a moment, since it drops what comes too soon', () => {
  const speaker = saying(sentence);
  synthesis.last.start();
  speaker.interrupt();
  speaker.say({ id: 'b', text: 'Next.', language: 'en', done: true });
  expect(synthesis.spoken).toHaveLength(1);
  vi.advanceTimersByTime(100);
  expect(synthesis.last.text).toBe('Next.');
});

it('tries a voice that never starts once more, then goes on without', () => {
  saying(two);
  vi.advanceTimersByTime(3100);
  expect(synthesis.cancels).toBe(1);
  expect(synthesis.spoken).toHaveLength(2);
  expect(states()).toEqual([]);
  vi.advanceTimersByTime(3100);
  expect(states()).toEqual(['none']);
  vi.advanceTimersByTime(20_000);
  expect(words(two)).toEqual(everyWord(two));
  expect(whoSpoke()).toEqual(['avatar', null]);
  expect(vi.getTimerCount()).toBe(0);
});

it('lets a voice that had failed join in, without anybody waiting for it', () => {
  const speaker = saying(sentence);
  vi.advanceTimersByTime(20_000);
  speaker.say({ id: 'b', text: two, language: 'en', done: true });
  expect(of('spoken').at(-1)).toMatchObject({ id: 'b', from: 0 });
  vi.advanceTimersByTime(1000);
  synthesis.last.start();
  expect(of('spoken').at(-1)).toMatchObject({ id: 'b', from: 0 });
  expect(states()).toEqual(['none', 'heard']);
});

it('waits while another page is being spoken to', () => {
  synthesis.script = (utterance) => setTimeout(() => utterance.start(), 2900);
  saying(sentence);
  vi.advanceTimersByTime(2900);
  expect(states()).toEqual(['heard']);
  expect(synthesis.spoken).toHaveLength(1);
});

it('goes on with the next sentence when a voice never ends', () => {
  synthesis.script = (utterance) => setTimeout(() => utterance.start(), 50);
  saying(two);
  vi.advanceTimersByTime(9000);
  expect(synthesis.cancels).toBeGreaterThan(0);
  expect(synthesis.last.text).toBe('The divers came back in spring.');
  expect(states()).toEqual(['heard']);
});

it.each(['interrupted', 'canceled', 'synthesis-failed', 'network'] as const)(
  'reads the rest of a sentence that broke off (%s), and voices the next',
  (error) => {
    saying(two);
    synthesis.last.start();
    vi.advanceTimersByTime(300);
    synthesis.last.fail(error);
    vi.advanceTimersByTime(4000);
    expect(words(sentence)).toEqual(everyWord(sentence));
    expect(states()).toEqual(['heard']);
    expect(synthesis.last.text).toBe('The divers came back in spring.');
  },
);

it.each(['interrupted', 'synthesis-failed', 'voice-unavailable', 'audio-busy'] as const)(
  'tries once more what failed before it began (%s)',
  (error) => {
    synthesis.script = (utterance) => setTimeout(() => utterance.fail(error), 5);
    saying(sentence);
    vi.advanceTimersByTime(4);
    synthesis.script = (utterance) => setTimeout(() => utterance.start(), 5);
    vi.advanceTimersByTime(100);
    expect(states()).toEqual(['heard']);
  },
);

it('reads on when the browser wants a click first, and says it all again after the click', () => {
  // Chromium refuses before `speak` has returned.
  synthesis.script = (utterance) => utterance.fail('not-allowed');
  const speaker = saying(two);
  vi.advanceTimersByTime(10_000);
  expect(states()).toEqual(['blocked']);
  expect(words(two)).toEqual(everyWord(two));
  synthesis.script = (utterance) => setTimeout(() => utterance.start(), 5);
  events = [];
  speaker.unlock();
  vi.advanceTimersByTime(100);
  expect(states()).toEqual(['heard']);
  expect(synthesis.last.text).toBe(sentence);
  expect(of('spoken')[0]).toMatchObject({ id: 'a', from: 0 });
  speaker.unlock();
  expect(synthesis.spoken).toHaveLength(3);
});

it('does not say again what was refused when the reader has gone on', () => {
  synthesis.script = (utterance) => utterance.fail('not-allowed');
  const speaker = saying(two);
  vi.advanceTimersByTime(300);
  speaker.interrupt();
  const asked = synthesis.spoken.length;
  speaker.unlock();
  vi.advanceTimersByTime(10_000);
  expect(synthesis.spoken).toHaveLength(asked);
});

it('reads without sound when the browser has no speech at all', () => {
  saying(two, { synthesis: undefined });
  expect(states()).toEqual(['none']);
  vi.advanceTimersByTime(20_000);
  expect(words(two)).toEqual(everyWord(two));
  expect(whoSpoke()).toEqual(['avatar', null]);
  expect(lastCues().some(({ viseme }) => viseme === 'aa')).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

it('begins at once while the list of voices is awaited, and starts over when it comes', () => {
  synthesis.voices = [];
  saying(two);
  expect(of('spoken')[0]).toMatchObject({ from: 0 });
  vi.advanceTimersByTime(900);
  expect(states()).toEqual([]);
  synthesis.bring([voice('Ada', 'en-US')]);
  expect(synthesis.last.text).toBe(sentence);
  synthesis.last.start();
  expect(of('spoken').at(-1)).toMatchObject({ from: 0 });
  expect(states()).toEqual(['heard']);
  vi.advanceTimersByTime(5000);
  expect(states()).toEqual(['heard']);
});

it('waits for the rest of a list that comes in pieces, as in Firefox', () => {
  synthesis.voices = [];
  saying(two);
  vi.advanceTimersByTime(500);
  synthesis.bring([voice('Afra', 'af')]);
  vi.advanceTimersByTime(500);
  expect(states()).toEqual([]);
  synthesis.bring([voice('Afra', 'af'), voice('Ada', 'en-US')]);
  expect(synthesis.last.text).toBe(sentence);
});

it('says there is none when the list stays empty, and is heard once it comes after all', () => {
  synthesis.voices = [];
  saying(`${sentence} ${sentence} ${sentence} Last.`);
  vi.advanceTimersByTime(5100);
  expect(states()).toEqual(['none']);
  synthesis.bring([voice('Ada', 'en-US')]);
  vi.advanceTimersByTime(3000);
  expect(synthesis.spoken.map(({ text }) => text)).toEqual(['Last.']);
  synthesis.last.start();
  expect(states()).toEqual(['none', 'heard']);
});

it.each([
  { why: 'speaks another language', found: voice('Anna', 'de-DE') },
  { why: 'is not on this device', found: voice('Cloud', 'en-US', { localService: false }) },
])('rather reads than uses a voice that $why', ({ found }) => {
  synthesis.voices = [found];
  saying(sentence);
  vi.advanceTimersByTime(10_000);
  expect(synthesis.spoken).toEqual([]);
  expect(states()).toEqual(['none']);
});

it('runs mouth and captions without sound while muted', () => {
  const speaker = saying(sentence, { muted: true });
  vi.advanceTimersByTime(10_000);
  expect(words(sentence)).toEqual(everyWord(sentence));
  expect(synthesis.spoken).toEqual([]);
  expect(states()).toEqual([]);
  speaker.mute(false);
  speaker.say({ id: 'b', text: 'Aloud.', language: 'en', done: true });
  expect(synthesis.last.text).toBe('Aloud.');
});

it('falls silent in the middle of a word when muted, and reads on', () => {
  const speaker = saying(two);
  synthesis.last.start();
  vi.advanceTimersByTime(500);
  speaker.mute(true);
  expect(synthesis.speaking).toBe(false);
  vi.advanceTimersByTime(20_000);
  expect(words(two)).toEqual(everyWord(two));
  expect(synthesis.spoken).toHaveLength(1);
  expect(whoSpoke()).toEqual(['avatar', null]);
});

it('wakes a voice that was left paused', () => {
  synthesis.paused = true;
  saying(sentence);
  expect(synthesis.paused).toBe(false);
});

it.each(['waiting', 'heard', 'resting', 'unvoiced'])(
  'leaves nothing behind when the page goes (%s)',
  (when) => {
    if (when === 'unvoiced') synthesis.voices = [];
    const speaker = saying(two);
    if (when === 'heard') synthesis.last.start();
    if (when === 'resting') {
      speaker.interrupt();
      speaker.say({ id: 'b', text: two, language: 'en', done: true });
    }
    page.dispatchEvent(new Event('pagehide'));
    expect(synthesis.speaking).toBe(false);
    expect(synthesis.cancels).toBeGreaterThan(0);
    expect(vi.getTimerCount()).toBe(0);
    events = [];
    speaker.close();
    speaker.say({ id: 'c', text: two, language: 'en', done: true });
    synthesis.bring([voice('Ada', 'en-US')]);
    speaker.unlock();
    vi.advanceTimersByTime(10_000);
    expect(events).toEqual([]);
  },
);

it('says nothing of a text in which nothing can be said', () => {
  saying('```\ncode();\n```\n\n— 🙂 https://a.example');
  expect(synthesis.spoken).toEqual([]);
  expect(events).toEqual([]);
});

it('speaks slowly in shorter pieces, as the limit of some voices is one of time', () => {
  saying(`${'many words, '.repeat(30)}and an end.`, { rate: 0.5 });
  expect(synthesis.last.text.length).toBeLessThan(100);
});
