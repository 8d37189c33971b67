import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { setRule } from '@/lib/page/access';
import type { Rung } from '@/lib/page/page';
import { createPageWatch, type PageWatch } from '@/lib/page/sight';
import type { Cap } from '@/lib/policy';
import { createWorld, type World } from './world';

const reef = 'https://reef.example/walls';
const bay = 'https://bay.example/seals';
const words = { text: 'the words', before: 'left', after: 'right' };
const reading = {
  url: reef,
  title: 'The Wall',
  language: 'en',
  pdf: false,
  selection: null,
  sections: [{ heading: null, level: 0, text: 'Body of the page.' }],
  omitted: 0,
};

let world: World;
let watch: PageWatch;
beforeEach(() => {
  vi.useFakeTimers();
  fakeBrowser.reset();
  world = createWorld();
});
afterEach(() => {
  watch.dispose();
  vi.useRealTimers();
});

/** Lets pending looks happen. */
const settle = async () => vi.advanceTimersByTimeAsync(2_000);

async function begin() {
  watch = createPageWatch({ windowId: 1 });
  await settle();
}

/** The reef in front, called by the reader, its watcher awake. */
async function beginAtReef(rung: Rung = 'page') {
  await setRule('https://reef.example', { rung, keepQuery: false });
  world.show({ id: 7, url: reef, title: 'The Wall' });
  await begin();
  world.tell(7, { type: 'hello', language: 'en', pdf: false });
}

it('sees nothing of a tab nobody gave us, until the reader calls from it', async () => {
  world.show({ id: 7 });
  await begin();
  expect(watch.sight.value).toEqual({ kind: 'unasked', tabId: 7 });
  world.show({ id: 7, url: reef, title: 'The Wall' });
  await watch.invited(7);
  expect(watch.sight.value).toMatchObject({ kind: 'page', url: reef, access: 'asked' });
});

it('knows a page of the browser by its silence when called from it', async () => {
  world.show({ id: 7 });
  await begin();
  await watch.invited(7);
  expect(watch.sight.value).toMatchObject({ kind: 'unreadable', why: 'browser' });
});

it('follows the tab in front, and the way to none', async () => {
  await beginAtReef();
  world.show({ id: 8, url: bay, title: 'Seals' });
  await settle();
  expect(watch.sight.value).toMatchObject({ kind: 'page', url: bay, title: 'Seals' });
  world.close(8);
  await settle();
  expect(watch.sight.value).toEqual({ kind: 'none' });
});

it('looks a few times a second while a page changes its address a hundred times', async () => {
  await beginAtReef();
  const before = world.looks;
  let shown = 0;
  const stop = watch.sight.subscribe(() => (shown += 1));
  for (let n = 1; n <= 1_000; n += 1) {
    world.go(7, `${reef}/${n}`);
    await vi.advanceTimersByTimeAsync(10);
  }
  await settle();
  stop();
  expect(watch.sight.value).toMatchObject({ url: `${reef}/1000` });
  expect(world.looks - before).toBeLessThanOrEqual(55);
  expect(shown).toBeLessThanOrEqual(55);
});

it('learns of a grant and of its end', async () => {
  await beginAtReef();
  world.grant('https://reef.example/*');
  await settle();
  expect(watch.sight.value).toMatchObject({ access: 'site' });
  world.revoke('https://reef.example/*');
  await settle();
  expect(watch.sight.value).toMatchObject({ access: 'asked' });
});

it.each<{ rung: Rung; scripts: string[] }>([
  { rung: 'nothing', scripts: [] },
  { rung: 'address', scripts: [] },
  { rung: 'selection', scripts: ['7 /page.js'] },
  { rung: 'page', scripts: ['7 /page.js'] },
])('on the rung "$rung" it injects $scripts', async ({ rung, scripts }) => {
  await beginAtReef(rung);
  expect(world.injected).toEqual(scripts);
});

it('hangs up when the site may no longer share its selection, and forgets it', async () => {
  await beginAtReef();
  world.tell(7, { type: 'selection', selection: words });
  expect(watch.marked.value).toEqual(words);
  await setRule('https://reef.example', { rung: 'address', keepQuery: false });
  await settle();
  world.tell(7, { type: 'selection', selection: { ...words, text: 'later words' } });
  expect(watch.marked.value).toBeNull();
});

it('calls again when the page has gone and another stands in its tab', async () => {
  await beginAtReef();
  world.tell(7, { type: 'selection', selection: words });
  world.hangUp(7);
  await settle();
  expect(watch.marked.value).toBeNull();
  expect(world.injected).toEqual(['7 /page.js', '7 /page.js']);
});

it('does not keep calling a page that never answers', async () => {
  world.show({ id: 7, url: reef });
  await begin();
  world.hangUp(7);
  await settle();
  await settle();
  expect(world.injected).toEqual(['7 /page.js']);
});

it('takes a page the browser keeps us out of for unreadable, until it changes', async () => {
  world.inject = async () => {
    throw new Error('Cannot access contents of the page.');
  };
  world.show({ id: 7, url: reef });
  await begin();
  expect(watch.sight.value).toMatchObject({ kind: 'unreadable', why: 'refused' });
  world.inject = async () => null;
  world.go(7, bay);
  await settle();
  expect(watch.sight.value).toMatchObject({ kind: 'page', url: bay });
});

it('calls the viewer of a PDF by its name', async () => {
  world.show({ id: 7, url: reef });
  await begin();
  world.tell(7, { type: 'hello', language: null, pdf: true });
  expect(watch.sight.value).toMatchObject({ kind: 'unreadable', why: 'pdf' });
});

it('drops what no watcher would say', async () => {
  await beginAtReef();
  for (const odd of [null, 'words', { type: 'selection', selection: 'x' }, { type: 'evil' }]) {
    world.tell(7, odd);
  }
  expect(watch.marked.value).toBeNull();
});

it('keeps words from the menu until the page selects others', async () => {
  await beginAtReef();
  watch.offer('  words from the menu ', 7);
  expect(watch.marked.value).toEqual({ text: 'words from the menu', before: '', after: '' });
  world.tell(7, { type: 'selection', selection: words });
  expect(watch.marked.value).toEqual(words);
});

it('prefers what the page itself told of the same words', async () => {
  await beginAtReef();
  world.tell(7, { type: 'selection', selection: { ...words, text: 'the\nwords' } });
  watch.offer('the words', 7);
  expect(watch.marked.value).toMatchObject({ before: 'left', after: 'right' });
});

it('lets go of words from the menu when their tab goes on', async () => {
  await beginAtReef();
  watch.offer('words from the menu', 7);
  world.go(7, `${reef}#further-down`);
  await settle();
  expect(watch.marked.value?.text).toBe('words from the menu');
  world.go(7, bay);
  await settle();
  expect(watch.marked.value).toBeNull();
});

it('shares words from the menu on a page nobody may read', async () => {
  world.show({ id: 7, url: 'https://reef.example/paper.pdf', title: 'Paper' });
  await begin();
  expect(await watch.read()).toEqual({ context: null, stamp: null, moved: false });
  watch.offer('words of a paper', 7);
  const { context, stamp } = await watch.read();
  expect(context).toMatchObject({ title: 'Paper', selection: { text: 'words of a paper' } });
  expect(stamp?.host).toBe('reef.example');
});

it('shares nothing of a private window', async () => {
  world.show({ id: 7, url: reef, incognito: true });
  await begin();
  await watch.invited(7);
  watch.offer('a secret', 7);
  expect(await watch.read()).toEqual({ context: null, stamp: null, moved: false });
  expect(world.injected).toEqual([]);
});

it('reads the page when asked, and not before', async () => {
  await beginAtReef();
  world.inject = async () => reading;
  expect(world.injected).not.toContain('7 /reader.js');
  const { context, stamp, moved } = await watch.read();
  expect(context?.text?.sections).toEqual(reading.sections);
  expect(stamp).toMatchObject({ url: reef, title: 'The Wall', rung: 'page' });
  expect(moved).toBe(false);
});

it('looks at the front anew only where the browser has told of a change', async () => {
  await beginAtReef();
  await settle();
  world.inject = async () => reading;
  await watch.read();
  const before = world.looks;
  await watch.read();
  expect(world.looks).toBe(before);
  world.show({ id: 8, url: bay, title: 'Seals' });
  world.inject = async () => ({ ...reading, url: bay, title: 'Seals' });
  const read = watch.read();
  await settle();
  expect((await read).stamp).toMatchObject({ url: bay });
});

it('knows the page without reading it where it is heard, and its text may be read', async () => {
  await beginAtReef();
  await settle();
  world.tell(7, { type: 'selection', selection: words });
  expect(watch.standing()).toMatchObject({
    context: { url: reef, title: 'The Wall', language: 'en', selection: words, text: null },
    stamp: { url: reef, rung: 'page' },
  });
  world.go(7, bay);
  expect(watch.standing()).toBeNull();
});

it.each(['nothing', 'address', 'selection'] as const)(
  'has nothing to read, and nothing to wait for, at the rung of %s',
  async (rung) => {
    await beginAtReef(rung);
    await settle();
    expect(watch.standing()).toBeNull();
  },
);

describe('while a question is being typed', () => {
  it('brings what reads the page to it, once, and reads nothing before it is asked', async () => {
    await beginAtReef();
    const read = vi.fn<() => Promise<unknown>>(async () => reading);
    world.inject = read;
    await watch.prepare();
    await watch.prepare();
    expect(world.injected.filter((one) => one === '7 /reader.js')).toHaveLength(1);
    expect(read).not.toHaveBeenCalled();
    expect((await watch.read()).context?.text?.sections).toEqual(reading.sections);
    expect((await watch.read()).context?.text?.sections).toEqual(reading.sections);
    expect(read).toHaveBeenCalledTimes(2);
    expect(world.injected.filter((one) => one === '7 /reader.js')).toHaveLength(1);
  });

  it('a page that came since is read all the same', async () => {
    await beginAtReef();
    world.inject = async () => reading;
    await watch.prepare();
    world.reload();
    expect((await watch.read()).context?.text?.sections).toEqual(reading.sections);
    expect((await watch.read()).context?.text?.sections).toEqual(reading.sections);
    // Once ahead of the question, once for the page that came.
    expect(world.injected.filter((one) => one === '7 /reader.js')).toHaveLength(2);
  });

  it('a question that is faster waits for it', async () => {
    await beginAtReef();
    world.inject = async () => reading;
    void watch.prepare();
    expect((await watch.read()).context?.text?.sections).toEqual(reading.sections);
    expect(world.injected.filter((one) => one === '7 /reader.js')).toHaveLength(1);
  });

  it.each(['nothing', 'address', 'selection'] as const)(
    'brings nothing to a page of which no text is shared: %s',
    async (rung) => {
      await beginAtReef(rung);
      await watch.prepare();
      expect(world.injected).not.toContain('7 /reader.js');
    },
  );
});

it('reads no text below the rung of text', async () => {
  await beginAtReef('selection');
  world.tell(7, { type: 'selection', selection: words });
  const { context } = await watch.read();
  expect(context).toMatchObject({ selection: words, text: null });
  expect(world.injected).not.toContain('7 /reader.js');
});

it('previews what it would share, word for word', async () => {
  await beginAtReef();
  world.inject = async () => reading;
  const { text } = await watch.preview();
  expect(text).toContain('Body of the page.');
  expect(text).toContain(reef);
});

it('previews nothing where reading would fail', async () => {
  await beginAtReef();
  world.inject = async () => 'no reading';
  expect((await watch.preview()).text).toBe('');
});

it('does not bring dismissed words back by reading the page', async () => {
  await beginAtReef();
  world.tell(7, { type: 'selection', selection: words });
  watch.dismiss();
  world.inject = async () => ({ ...reading, selection: words });
  expect((await watch.read()).context?.selection).toBeNull();
});

it('says which page it was when the address changed while it read', async () => {
  await beginAtReef();
  world.inject = async () => {
    world.go(7, `${reef}/next`);
    return { ...reading, url: `${reef}/next`, title: 'The Next Wall' };
  };
  expect(await watch.read()).toMatchObject({
    moved: true,
    stamp: { url: `${reef}/next`, title: 'The Next Wall' },
  });
});

it('says so when another tab came to the front while it read', async () => {
  await beginAtReef();
  world.inject = async (_, file) => {
    if (file === '/reader.js') world.show({ id: 8, url: bay });
    return reading;
  };
  expect(await watch.read()).toMatchObject({ moved: true, stamp: { url: reef } });
});

it('never shares what it read of another site than the one it saw', async () => {
  await beginAtReef();
  await setRule('https://bay.example', { rung: 'nothing', keepQuery: false });
  world.inject = async () => {
    world.go(7, bay);
    return { ...reading, url: bay };
  };
  expect(await watch.read()).toEqual({ context: null, stamp: null, moved: true });
});

it('shares no text when the reader stops it while it is read', async () => {
  await beginAtReef();
  world.inject = async () => {
    await setRule('https://reef.example', { rung: 'address', keepQuery: false });
    return reading;
  };
  expect((await watch.read()).context).toMatchObject({ url: reef, text: null });
});

it.each([
  { when: 'its tab is closed', close: true, code: 'page_gone' },
  { when: 'the browser keeps us out', close: false, code: 'page_forbidden' },
])('rejects with $code when $when while it reads', async ({ close, code }) => {
  await beginAtReef();
  world.inject = async () => {
    if (close) world.close(7);
    throw new Error('The frame was removed.');
  };
  await expect(watch.read()).rejects.toMatchObject({ code });
});

it.each([
  { when: 'nothing usable comes back', result: async () => ({ url: 5 }) },
  { when: 'the page is stuck', result: () => new Promise<never>(() => {}) },
])('rejects with page_unreadable when $when', async ({ result }) => {
  await beginAtReef();
  world.inject = result;
  const read = expect(watch.read()).rejects.toMatchObject({ code: 'page_unreadable' });
  await vi.advanceTimersByTimeAsync(15_000);
  await read;
});

it('rejects with page_gone when its tab is closed, though Chromium calls that no failure', async () => {
  await beginAtReef();
  world.inject = async () => {
    world.close(7);
    return undefined;
  };
  await expect(watch.read()).rejects.toMatchObject({ code: 'page_gone' });
});

const stamp = { url: reef, title: '', host: 'reef.example', rung: 'page', icon: null } as const;

it.each([
  { answer: { type: 'shown', found: true }, shown: 'shown' },
  { answer: { type: 'shown', found: false }, shown: 'not_found' },
  { answer: { type: 'nonsense' }, shown: 'not_found' },
])('shows a quote: the page answers $answer, we say $shown', async ({ answer, shown }) => {
  await beginAtReef();
  world.hear = (tabId) => world.tell(tabId, answer);
  const showing = watch.show({ text: 'Body of the page.' }, stamp);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(await showing).toBe(shown);
});

it('does not look for a quote on another page', async () => {
  await beginAtReef();
  world.go(7, bay);
  expect(await watch.show({ text: 'Body' }, stamp)).toBe('elsewhere');
  expect(world.injected).not.toContain('7 /marker.js');
});

it('an avatar gets no more than its operator lets it know, and Vis what the reader allows', async () => {
  const cap = signal<Cap | null>(null);
  await setRule('https://reef.example', { rung: 'page', keepQuery: false });
  world.show({ id: 7, url: reef, title: 'The Wall' });
  watch = createPageWatch({ windowId: 1, cap });
  await settle();
  expect(watch.sight.value).toMatchObject({ rule: { rung: 'page' } });
  cap.value = { highest: 'address', avatar: 'Nova', operator: 'Example Library' };
  await settle();
  expect(watch.sight.value).toMatchObject({
    rule: { rung: 'address' },
    limit: { highest: 'address', by: 'Example Library', avatar: 'Nova' },
  });
  expect((await watch.read()).context).toMatchObject({ title: 'The Wall', text: null });
  expect((await watch.preview()).text).not.toContain('Text of the page');
  cap.value = null;
  await settle();
  expect(watch.sight.value).toMatchObject({ rule: { rung: 'page' } });
  expect(watch.sight.value).not.toHaveProperty('limit');
});
