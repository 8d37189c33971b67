import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { createLibrary } from '@/lib/panel/library';
import { createTalk } from '@/lib/panel/talk';
import { retention } from '@/lib/settings';
import { openTranscript, type Transcript } from '@/lib/transcript/store';
import { message } from '@/tests/unit/transcript/messages';
import { eventually } from '@/tests/unit/eventually';

beforeEach(() => {
  fakeBrowser.reset();
  vi.stubGlobal('indexedDB', new IDBFactory());
});

const day = 86_400_000;
const now = Date.now();

async function twoTalks(): Promise<Transcript> {
  const transcript = openTranscript();
  await transcript.put(
    message({ id: '1', conversation: 'a', text: 'What is a reef?', at: now - 2 }),
  );
  await transcript.put(message({ id: '2', conversation: 'b', text: 'Who rang?', at: now - 1 }));
  return transcript;
}

const titles = async (transcript: Transcript) =>
  (await transcript.conversations()).map(({ title }) => title);

describe('a conversation', () => {
  it('is renamed, and what is said later does not name it again', async () => {
    const transcript = await twoTalks();
    await transcript.rename('a', 'Corals');
    await transcript.put(message({ id: '3', text: 'And then?', at: now }));
    expect(await titles(openTranscript())).toEqual(['Corals', 'Who rang?']);
  });

  it('is pinned and unpinned', async () => {
    const transcript = await twoTalks();
    await transcript.pin('a', true);
    expect((await openTranscript().read('a'))?.conversation.pinned).toBe(true);
    await transcript.pin('a', false);
    expect((await openTranscript().read('a'))?.conversation.pinned).toBe(false);
  });

  it('is deleted with all that was said and typed in it, and comes back whole', async () => {
    const transcript = await twoTalks();
    await transcript.draft.set('a', 'half a thought');
    await transcript.pin('a', true);
    const before = await transcript.read('a');
    const dropped = await transcript.drop('a');
    expect(await titles(openTranscript())).toEqual(['Who rang?']);
    expect(await openTranscript().draft.get('a')).toBe('');
    expect((await openTranscript().all()).flatMap(({ messages }) => messages)).toHaveLength(1);
    await transcript.bring(dropped ? [dropped] : []);
    expect(await openTranscript().read('a')).toEqual(before);
  });

  it('is read from its end, page by page', async () => {
    const transcript = openTranscript();
    const all = Array.from({ length: 25 }, (_, at) => message({ id: `${at}`, at, text: `${at}` }));
    for (const one of all) await transcript.put(one);
    const opened = await transcript.latest(10);
    expect(opened?.messages.map(({ text }) => text)).toEqual(all.slice(15).map(({ text }) => text));
    expect(opened?.hasEarlier).toBe(true);
    const earlier = await transcript.earlier('a', { at: 15, id: '15' }, 10);
    expect(earlier.messages.map(({ at }) => at)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(earlier.hasEarlier).toBe(true);
    const first = await transcript.earlier('a', { at: 5, id: '5' }, 10);
    expect(first.messages.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4]);
    expect(first.hasEarlier).toBe(false);
  });

  it('loses no message between pages where many were said in one millisecond', async () => {
    const transcript = openTranscript();
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    for (const id of ids) await transcript.put(message({ id, at: 7 }));
    const read: string[] = [];
    let opened = await transcript.latest(2);
    for (;;) {
      read.unshift(...(opened?.messages.map(({ id }) => id) ?? []));
      const [first] = opened?.messages ?? [];
      if (!opened?.hasEarlier || !first) break;
      opened = { ...opened, ...(await transcript.earlier('a', first, 2)) };
    }
    expect(read).toEqual(ids);
  });
});

describe('the list', () => {
  const failures = { fail: vi.fn() };
  async function listOf(transcript: Transcript) {
    const talk = createTalk(transcript, () => undefined);
    await talk.open();
    const left = vi.fn(async () => undefined);
    const library = createLibrary({
      transcript,
      talk,
      notices: failures,
      language: 'en',
      leave: left,
    });
    await eventually(() => expect(library.all.value).not.toBeNull());
    return { talk, library, left };
  }

  it('has the pinned ones first, then the ones spoken in last', async () => {
    const transcript = await twoTalks();
    await transcript.pin('a', true);
    const { library } = await listOf(transcript);
    expect(library.all.value?.map(({ id }) => id)).toEqual(['a', 'b']);
    await library.pin('a', false);
    expect(library.all.value?.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('opens an old one, ends what is being said first, and goes on with it', async () => {
    const transcript = await twoTalks();
    const { talk, library, left } = await listOf(transcript);
    expect(talk.conversation.value).toBe('b');
    await library.pick('a');
    expect(left).toHaveBeenCalledOnce();
    await talk.ask('And who counts them?', null);
    await eventually(async () =>
      expect((await openTranscript().read('a'))?.messages).toHaveLength(2),
    );
    expect((await openTranscript().latest())?.conversation.id).toBe('a');
  });

  it('finds words wherever they were said', async () => {
    const { library } = await listOf(await twoTalks());
    library.look('REEF');
    await eventually(() => expect(library.found.value).toHaveLength(1));
    expect(library.found.value?.[0]).toMatchObject({
      conversation: { id: 'a' },
      excerpt: { before: 'What is a ', hit: 'reef', after: '?' },
    });
    library.look('');
    await eventually(() => expect(library.found.value).toBeNull());
  });

  it('deletes the one on the screen too, begins another, and brings it back when asked', async () => {
    const transcript = await twoTalks();
    const { talk, library } = await listOf(transcript);
    await library.drop('b');
    expect(talk.messages.value).toEqual([]);
    expect(talk.conversation.value).not.toBe('b');
    expect(library.dropped.value?.conversation.title).toBe('Who rang?');
    await library.undo();
    expect((await openTranscript().read('b'))?.messages).toHaveLength(1);
    expect(library.dropped.value).toBeNull();
    expect(failures.fail).not.toHaveBeenCalled();
  });
});

describe('how long things are kept', () => {
  it('thirty days: what is older goes, pinned ones stay', async () => {
    const transcript = openTranscript();
    await transcript.put(message({ id: '1', conversation: 'old', at: now - 31 * day }));
    await transcript.put(message({ id: '2', conversation: 'pinned', at: now - 31 * day }));
    await transcript.put(message({ id: '3', conversation: 'new', at: now - 29 * day }));
    await transcript.pin('pinned', true);
    await transcript.keepFor('month');
    const ids = (await openTranscript().conversations()).map(({ id }) => id);
    expect(ids.sort()).toEqual(['new', 'pinned']);
  });

  it('until the browser is closed: all moves into memory, and the disk holds nothing', async () => {
    const transcript = await twoTalks();
    await transcript.draft.set('a', 'typed');
    const before = await transcript.all();
    await transcript.keepFor('session');
    await transcript.put(message({ id: '4', text: 'Later', at: now }));
    expect((await transcript.all()).flatMap(({ messages }) => messages)).toHaveLength(3);
    expect((await openTranscript().read('a'))?.messages).toHaveLength(2);

    // The browser is closed: its memory is gone.
    await fakeBrowser.storage.session.clear();
    expect(await openTranscript().all()).toEqual([]);
    await retention.set('forever');
    expect(await openTranscript().all()).toEqual([]);
    expect(before).toHaveLength(2);
  });

  it('and back to the disk, with nothing lost', async () => {
    const transcript = await twoTalks();
    const before = await transcript.all();
    await transcript.keepFor('session');
    await transcript.keepFor('forever');
    expect(await openTranscript().all()).toEqual(before);
    const left = Object.keys(await fakeBrowser.storage.session.get(null));
    expect(left.filter((key) => key.startsWith('transcript'))).toEqual([]);
  });
});

describe('another window', () => {
  it('reads along word by word, before anything is written', async () => {
    const [here, there] = [openTranscript(), openTranscript()];
    const [speaking, reading] = [
      createTalk(here, () => undefined),
      createTalk(there, () => undefined),
    ];
    await Promise.all([speaking.open(), reading.open()]);
    await speaking.ask('What is a reef?', null);
    await eventually(() => expect(reading.messages.value).toHaveLength(1));
    for (const text of ['A', 'A reef', 'A reef is']) {
      speaking.hear({ type: 'said', id: 'x', who: 'avatar', text, final: false }, null);
      await eventually(() => expect(reading.messages.value.at(-1)?.text).toBe(text));
    }
    expect(reading.conversation.value).toBe(speaking.conversation.value);
    await speaking.remove('x');
    await eventually(() => expect(reading.messages.value).toHaveLength(1));
  });
});
