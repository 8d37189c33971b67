import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { databaseName } from '@/lib/transcript/database';
import type { Message } from '@/lib/transcript/message';
import { openTranscript, type Transcript } from '@/lib/transcript/store';
import { message } from '@/tests/unit/transcript/messages';

const opened: Transcript[] = [];
function open(): Transcript {
  const transcript = openTranscript();
  opened.push(transcript);
  return transcript;
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await Promise.allSettled(opened.splice(0).map((transcript) => transcript.close()));
});

const latestTexts = async (transcript: Transcript) =>
  (await transcript.latest())?.messages.map(({ text }) => text);

describe('what was said', () => {
  it('comes back in the order it was said, whatever the order of writing', async () => {
    const anyMessages = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 4 }),
        conversation: fc.constantFrom('a', 'b', 'c'),
        at: fc.integer({ min: 0, max: 30 }),
        text: fc.string({ unit: 'grapheme' }),
        who: fc.constantFrom('reader' as const, 'avatar' as const),
        status: fc.constantFrom('final' as const, 'cut' as const),
      }),
      { selector: ({ id }) => id, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(anyMessages, async (parts) => {
        vi.stubGlobal('indexedDB', new IDBFactory());
        const written = parts.map((part) => message(part));
        const writer = openTranscript();
        for (const said of written) await writer.put(said);
        await writer.close();

        const reader = openTranscript();
        const talks = await reader.all();
        await reader.close();
        for (const { conversation, messages } of talks) {
          const expected = written
            .filter((said) => said.conversation === conversation.id)
            .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
          expect(messages).toEqual(expected);
          expect(conversation.lastAt).toBe(Math.max(...expected.map(({ at }) => at)));
        }
        expect(talks.flatMap(({ messages }) => messages)).toHaveLength(written.length);
      }),
      { numRuns: 40 },
    );
  });

  it('is one message however often it grew', async () => {
    const transcript = open();
    await transcript.put(message({ text: 'A reef', status: 'interim' }));
    await transcript.put(message({ text: 'A reef is', status: 'interim' }));
    await transcript.put(message({ text: 'A reef is a ridge.' }));
    expect(await latestTexts(transcript)).toEqual(['A reef is a ridge.']);
  });

  it('is gone when it is removed', async () => {
    const transcript = open();
    await transcript.put(message({ id: '1', text: 'one', at: 1 }));
    await transcript.put(message({ id: '2', text: 'two', at: 2 }));
    await transcript.remove('1');
    expect(await latestTexts(transcript)).toEqual(['two']);
  });

  it('gives its conversation the first question as a title, folded and cut', async () => {
    const transcript = open();
    await transcript.put(message({ id: '1', who: 'avatar', text: 'Hello.', at: 1 }));
    await transcript.put(message({ id: '2', text: `Why\n is ${'🪸'.repeat(90)}?`, at: 2 }));
    await transcript.put(message({ id: '3', text: 'And this?', at: 3 }));
    const title = (await transcript.latest())?.conversation.title;
    expect(title).toBe(`Why is ${'🪸'.repeat(72)}…`);
  });
});

describe('an answer that streams', () => {
  it('costs at most four writes a second, and its end is written at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const puts = vi.spyOn(IDBObjectStore.prototype, 'put');
    const written = () => puts.mock.calls.filter(([value]) => 'text' in value).length;
    const transcript = open();
    const waits: Promise<void>[] = [];
    for (let word = 1; word <= 100; word++) {
      waits.push(transcript.put(message({ text: 'word '.repeat(word), status: 'interim' })));
      await vi.advanceTimersByTimeAsync(20);
    }
    // Two seconds: one write at the beginning and one each quarter of a second.
    expect(written()).toBeLessThanOrEqual(9);
    expect(written()).toBeGreaterThanOrEqual(7);
    await transcript.latest(); // By then what was under way has been written.
    const before = written();
    await transcript.put(message({ text: 'the end' }));
    expect(written()).toBe(before + 1);
    await vi.advanceTimersByTimeAsync(300);
    await Promise.all(waits);
    expect(await latestTexts(transcript)).toEqual(['the end']);
  });

  it('does not stand in line behind every letter that was typed', async () => {
    const transcript = open();
    await transcript.latest();
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const question = 'What is a reef?';
    const letters = Array.from(question, (_, at) =>
      transcript.draft.set('a', question.slice(0, at + 1)),
    );
    await transcript.put(message({ text: question }), '');
    expect(transactions).toHaveBeenCalledTimes(2);
    await Promise.all(letters);
    expect(await transcript.draft.get('a')).toBe('');
  });

  it('reads as cut after a crash, with the words it had', async () => {
    const crashed = open();
    await crashed.put(message({ who: 'avatar', text: 'A reef is', status: 'interim' }));
    const talk = await open().latest();
    expect(talk?.messages).toMatchObject([{ text: 'A reef is', status: 'cut' }]);
  });

  it('is still growing for a window that hears it grow', async () => {
    const [speaking, watching] = [open(), open()];
    const heard = hears(watching, 'a');
    await speaking.put(message({ who: 'avatar', text: 'A reef', status: 'interim' }));
    await heard;
    expect((await watching.latest())?.messages[0]?.status).toBe('interim');
    expect((await speaking.latest())?.messages[0]?.status).toBe('interim');
  });

  it('is written up to its last word when the page closes', async () => {
    const closing = open();
    await closing.put(message({ text: 'A', status: 'interim' }));
    const waiting = closing.put(message({ text: 'A reef is a', status: 'interim' }));
    await closing.close();
    await waiting;
    expect(await latestTexts(open())).toEqual(['A reef is a']);
  });
});

describe('when the disk is full', () => {
  const full = () => new DOMException('', 'QuotaExceededError');
  const ways = {
    'at the request': () => {
      throw full();
    },
    'at the commit'(this: IDBObjectStore) {
      const request = this.count();
      // The fake's own way to end a transaction for a reason, which browsers do at the commit.
      Reflect.apply(Reflect.get(this.transaction, '_abort'), this.transaction, [full().name]);
      return request;
    },
  };

  it.each(Object.entries(ways))('%s, it says so and loses nothing', async (_, fails) => {
    const transcript = open();
    await transcript.put(message({ id: '1', text: 'one', at: 1 }));
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(fails as never);
    await expect(transcript.put(message({ id: '2', text: 'two', at: 2 }))).rejects.toMatchObject({
      name: 'AppError',
      code: 'storage_full',
    });
    expect(await latestTexts(transcript)).toEqual(['one', 'two']);
    expect((await transcript.all())[0]?.messages).toHaveLength(2);

    put.mockRestore();
    await transcript.put(message({ id: '3', text: 'three', at: 3 }));
    expect(await latestTexts(open())).toEqual(['one', 'two', 'three']);
  });

  it('a new conversation begins all the same, and is kept with its first message', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw full();
    });
    const transcript = open();
    const { id } = await transcript.begin();
    expect((await transcript.latest())?.conversation.id).toBe(id);
    put.mockRestore();
    await transcript.put(message({ conversation: id }));
    expect((await open().latest())?.conversation.id).toBe(id);
  });
});

describe('two windows', () => {
  it('hear of each other’s changes and never of their own', async () => {
    const [here, there] = [open(), open()];
    const own = vi.fn();
    here.watch(own);
    const change = hears(there, 'a');
    await here.put(message());
    await change;
    const answer = hears(here, 'b');
    await there.put(message({ id: '2', conversation: 'b' }));
    await answer;
    expect(own.mock.calls.map(([{ conversation }]) => conversation)).not.toContain('a');
  });

  it('write into one conversation without losing a word', async () => {
    const [here, there] = [open(), open()];
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 ? here : there).put(message({ id: `${at}`, at, text: `${at}` })),
      ),
    );
    expect(await latestTexts(open())).toEqual(Array.from({ length: 20 }, (_, at) => `${at}`));
  });

  it('are both emptied when one erases everything', async () => {
    const [here, there] = [open(), open()];
    await here.put(message());
    await here.draft.set('a', 'half a thought');
    const change = hears(there, null);
    await here.erase();
    await change;
    for (const window of [here, there]) {
      expect(await window.all()).toEqual([]);
      expect(await window.latest()).toBeNull();
      expect(await window.draft.get('a')).toBe('');
    }
  });

  it('do not bring back what the other one erased', async () => {
    const [here, there] = [open(), open()];
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    await expect(there.put(message())).rejects.toMatchObject({ code: 'storage_full' });
    put.mockRestore();
    const change = hears(there, null);
    await here.erase();
    await change;
    await there.put(message({ id: '2', text: 'afterwards' }));
    expect(await latestTexts(here)).toEqual(['afterwards']);
  });

  it('make way for a newer version of the database, and say that they cannot write', async () => {
    const old = open();
    await old.put(message({ text: 'kept' }));
    const newer = await openDB(databaseName, 99);
    await expect(old.put(message({ id: '2' }))).rejects.toMatchObject({ code: 'storage_failed' });
    expect(await newer.getAll('messages')).toMatchObject([{ text: 'kept' }]);
    newer.close();
  });

  it('forget where the reader was when all is erased', async () => {
    const transcript = open();
    await transcript.place.set({ conversation: 'a', at: { message: '1', above: 7 } });
    expect(await open().place.get()).toMatchObject({ conversation: 'a' });
    await transcript.erase();
    expect(await transcript.place.get()).toBe(null);
  });

  it('keep what an earlier version of the database held', async () => {
    const before = await openDB(databaseName, 1, {
      upgrade(database) {
        const conversations = database.createObjectStore('conversations', { keyPath: 'id' });
        conversations.createIndex('lastAt', 'lastAt');
        const messages = database.createObjectStore('messages', { keyPath: 'id' });
        messages.createIndex('said', ['conversation', 'at']);
        database.createObjectStore('drafts');
      },
    });
    await before.put('conversations', { id: 'a', title: 'one', startedAt: 1, lastAt: 1 });
    await before.put('messages', message({ id: '1', text: 'one', at: 1 }));
    before.close();
    const transcript = open();
    await transcript.put(message({ id: '2', text: 'two', at: 2 }));
    expect(await latestTexts(transcript)).toEqual(['one', 'two']);
  });

  it('connect again after the browser dropped the connection', async () => {
    const { mock } = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const transcript = open();
    await transcript.put(message({ id: '1', text: 'one', at: 1 }));
    const dropped = mock.contexts.at(-1);
    if (dropped) forceCloseDatabase(dropped as never);
    await transcript.put(message({ id: '2', text: 'two', at: 2 }));
    expect(mock.contexts.at(-1)).not.toBe(dropped);
    expect(await latestTexts(transcript)).toEqual(['one', 'two']);
  });
});

describe('records nobody can read', () => {
  it('are skipped and stay where they are', async () => {
    const transcript = open();
    await transcript.put(message({ text: 'fine' }));
    const database = await openDB(databaseName);
    await database.put('messages', { id: 'x', conversation: 'a', at: 5, text: 7 });
    await database.put('messages', { ...message({ id: 'y' }), status: 'whispered' });
    await database.put('conversations', { id: 'z', lastAt: Infinity });
    expect(await latestTexts(transcript)).toEqual(['fine']);
    expect((await transcript.all()).map(({ conversation }) => conversation.id)).toEqual(['a']);
    expect(await database.count('messages')).toBe(3);
    expect(await database.count('conversations')).toBe(2);
    database.close();
  });

  it('do not take readable messages with them', async () => {
    const transcript = open();
    await transcript.put(message({ text: 'fine' }));
    const database = await openDB(databaseName);
    await database.put('conversations', { id: 'a' });
    await transcript.put(message({ id: '2', text: 'too', at: message().at + 1 }));
    expect(await database.get('conversations', 'a')).toEqual({ id: 'a' });
    expect((await transcript.all())[0]?.messages.map(({ text }) => text)).toEqual(['fine', 'too']);
    database.close();
  });
});

describe('a new conversation', () => {
  it('is the latest from then on', async () => {
    const transcript = open();
    await transcript.put(message({ at: Date.now() - 1_000 }));
    const { id } = await transcript.begin();
    expect(await transcript.latest()).toMatchObject({ conversation: { id }, messages: [] });
  });

  it('is not begun twice while nothing has been said in it', async () => {
    const transcript = open();
    const first = await transcript.begin();
    expect((await transcript.begin()).id).toBe(first.id);
    expect(await transcript.all()).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('survives the page, and an empty one leaves no word behind', async () => {
    const writing = open();
    await writing.draft.set('a', 'What');
    const typed = writing.draft.set('a', 'What if');
    expect(await writing.draft.get('a')).toBe('What if');
    await writing.close();
    await typed;
    const again = open();
    expect(await again.draft.get('a')).toBe('What if');
    await again.draft.set('a', '');
    const database = await openDB(databaseName);
    expect(await database.getAll('drafts')).toMatchObject([{ text: '' }]);
    database.close();
  });
});

/** Resolves once another window changed `wanted`. */
const hears = (transcript: Transcript, wanted: string | null) =>
  new Promise<void>((resolve) => {
    const stop = transcript.watch(({ conversation }) => {
      if (conversation !== wanted) return;
      stop();
      resolve();
    });
  });

it('a message keeps every field it was given', async () => {
  const whole: Message = message({
    who: 'avatar',
    page: {
      url: 'https://nature.example/reef',
      title: 'Reef',
      host: 'nature.example',
      rung: 'page',
      icon: null,
    },
    quotes: [{ text: 'A third was lost.', at: 12 }],
  });
  await open().put(whole);
  expect((await open().latest())?.messages).toEqual([whole]);
});
