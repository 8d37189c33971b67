import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { openTranscript, type Transcript } from '@/lib/transcript/store';
import { stubLocalStorage } from '@/tests/unit/local-storage';
import { message } from '@/tests/unit/transcript/messages';

let kept: Map<string, string>;
beforeEach(() => {
  fakeBrowser.reset();
  vi.stubGlobal('indexedDB', new IDBFactory());
  kept = stubLocalStorage();
});
afterEach(() => vi.unstubAllGlobals());

/** From here on the database hears nothing of what this page does: it is gone in the same instant. */
function closePageNow(): void {
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
    throw new DOMException('', 'InvalidStateError');
  });
}

const opensAgain = () => {
  vi.restoreAllMocks();
  return openTranscript();
};

describe('what is done in the instant in which the page is closed', () => {
  it.each([
    ['a deleted message', 'remove', 'm1'],
    ['a deleted conversation', 'drop', 'a'],
  ] as const)('%s does not come back', async (_, verb, id) => {
    const closing = openTranscript();
    await closing.put(message());
    // What is to be deleted is read first, in a conversation's case; then the page is gone.
    const read = vi.spyOn(closing, 'read');
    if (verb === 'drop') await closing.read('a');
    read.mockRestore();
    closePageNow();
    void closing[verb](id).catch(() => undefined);
    const again = opensAgain();
    expect((await again.latest())?.messages ?? []).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it('a question asked and letters typed are there', async () => {
    const closing = openTranscript();
    await closing.put(message({ id: '1', text: 'one', at: 1 }));
    closePageNow();
    void closing.put(message({ id: '2', text: 'two', at: 2 })).catch(() => undefined);
    void closing.draft.set('a', 'And then I wanted').catch(() => undefined);
    const again = opensAgain();
    expect((await again.latest())?.messages.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(await again.draft.get('a')).toBe('And then I wanted');
    expect(await again.draft.get('b')).toBe('');
  });

  it('the word an answer had reached is there, and it reads as cut', async () => {
    const closing = openTranscript();
    await closing.put(message({ who: 'avatar', text: 'A reef', status: 'interim' }));
    closePageNow();
    void closing
      .put(message({ who: 'avatar', text: 'A reef is a ridge', status: 'interim' }))
      .catch(() => undefined);
    void closing.close().catch(() => undefined);
    expect((await opensAgain().latest())?.messages).toMatchObject([
      { text: 'A reef is a ridge', status: 'cut' },
    ]);
  });
});

it('what another window wrote since is newer than what a page left', async () => {
  const closing = openTranscript();
  await closing.put(message({ text: 'A reef', status: 'interim' }));
  closePageNow();
  void closing.put(message({ text: 'A reef is', status: 'interim' })).catch(() => undefined);
  void closing.close().catch(() => undefined);
  const left = new Map(kept);
  const other = opensAgain();
  await other.put(message({ text: 'A reef is a ridge.' }));
  await other.draft.set('a', 'newer');
  for (const [key, value] of left) kept.set(key, value);
  const again = openTranscript();
  expect((await again.latest())?.messages).toMatchObject([{ text: 'A reef is a ridge.' }]);
  expect(await again.draft.get('a')).toBe('newer');
});

it('nothing is left in it once all is written, nor after erasing', async () => {
  const transcript = openTranscript();
  await transcript.put(message());
  await transcript.draft.set('a', 'half a thought');
  expect([...kept.keys()].filter((key) => key.startsWith('journal'))).toEqual([]);
  closePageNow();
  void transcript.put(message({ id: '2' })).catch(() => undefined);
  expect(kept.size).toBe(1);
  vi.restoreAllMocks();
  await transcript.erase();
  expect(kept.size).toBe(0);
});

describe('a browser that was killed may bring an old journal back', () => {
  /** The browser writes this store down now and then, and has just done so. */
  const journals = () => [...kept].filter(([key]) => key.startsWith('journal:'));
  const killed = (journal: readonly (readonly [string, string])[]) => {
    expect(journal).not.toEqual([]);
    for (const [key, value] of journal) kept.set(key, value);
    return openTranscript();
  };

  it('but not a draft that was sent', async () => {
    const before = openTranscript();
    await before.latest();
    const typing = before.draft.set('a', 'What is a re');
    const journal = journals();
    await typing;
    await before.put(message({ text: 'What is a reef?' }), '');
    expect(await killed(journal).draft.get('a')).toBe('');
  });

  it.each([
    ['a message that was deleted', (page: Transcript) => page.remove('m1')],
    ['a conversation that was deleted', (page: Transcript) => page.drop('a')],
    ['what was erased', (page: Transcript) => page.erase()],
  ])('but not %s', async (_, deleted) => {
    const before = openTranscript();
    await before.latest();
    const writing = before.put(message());
    const journal = journals();
    await writing;
    await deleted(before);
    const said = async () => (await killed(journal).all()).flatMap(({ messages }) => messages);
    expect(await said()).toEqual([]);
    // Nor the next time, if forgetting it was not written down either.
    expect(await said()).toEqual([]);
  });

  it('but not what could not be written when all was erased', async () => {
    const before = openTranscript();
    await before.put(message({ id: '1' }));
    closePageNow();
    await before.put(message({ id: '2' })).catch(() => undefined);
    const journal = journals();
    vi.restoreAllMocks();
    await before.erase();
    expect(await killed(journal).all()).toEqual([]);
  });

  it('and what was noted after the last write is written all the same', async () => {
    const before = openTranscript();
    await before.put(message({ id: '1', text: 'one', at: 1 }));
    closePageNow();
    void before.put(message({ id: '2', text: 'two', at: 2 })).catch(() => undefined);
    const journal = journals();
    vi.restoreAllMocks();
    const texts = (await killed(journal).latest())?.messages.map(({ text }) => text);
    expect(texts).toEqual(['one', 'two']);
  });
});
