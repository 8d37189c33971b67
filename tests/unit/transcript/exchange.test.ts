import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Talk } from '@/lib/transcript/conversation';
import { toJson } from '@/lib/transcript/export';
import { readExport } from '@/lib/transcript/import';
import { openTranscript } from '@/lib/transcript/store';
import { toWebVtt } from '@/lib/transcript/webvtt';
import { message } from '@/tests/unit/transcript/messages';

beforeEach(() => {
  fakeBrowser.reset();
  vi.stubGlobal('indexedDB', new IDBFactory());
});

const elsewhere = () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  return openTranscript();
};

const talksIn = (text: string): readonly Talk[] => {
  const read = readExport(text);
  if (!read.ok) throw new Error(read.why);
  return read.talks;
};

describe('a file that was exported', () => {
  const filled = async () => {
    const transcript = openTranscript();
    await transcript.put(message({ id: '1', text: 'one', at: 1 }));
    await transcript.put(message({ id: '2', text: 'two', at: 2, who: 'avatar', status: 'cut' }));
    await transcript.put(message({ id: '3', conversation: 'b', text: 'three', at: 3 }));
    await transcript.rename('b', 'Third');
    await transcript.pin('b', true);
    return transcript;
  };

  it('brings everything into another browser, and nothing twice', async () => {
    const before = await (await filled()).all();
    const file = toJson(before, new Date(0));
    const there = elsewhere();
    expect(await there.bring(talksIn(file))).toEqual({ conversations: 2, messages: 3 });
    expect(await there.all()).toEqual(before);
    expect(await there.bring(talksIn(file))).toEqual({ conversations: 0, messages: 0 });
    expect(await there.all()).toEqual(before);
  });

  it('brings back what was deleted since, and leaves what was changed since', async () => {
    const transcript = await filled();
    const file = toJson(await transcript.all(), new Date(0));
    await transcript.remove('1');
    await transcript.rename('a', 'Renamed');
    expect(await transcript.bring(talksIn(file))).toEqual({ conversations: 0, messages: 1 });
    const talk = await transcript.read('a');
    expect(talk?.conversation.title).toBe('Renamed');
    expect(talk?.messages.map(({ text }) => text)).toEqual(['one', 'two']);
  });

  it('whose ids are taken by something else loses nothing and overwrites nothing', async () => {
    const file = toJson(await (await filled()).all(), new Date(0));
    const there = elsewhere();
    await there.put(message({ id: '1', conversation: 'a', text: 'mine', at: 99 }));
    for (const again of [false, true]) {
      await there.bring(talksIn(file));
      const texts = (await there.all()).flatMap(({ messages }) => messages.map(({ text }) => text));
      expect(texts.sort(), String(again)).toEqual(['mine', 'one', 'three', 'two']);
    }
  });

  it('is not doubled by what was said on since it was exported', async () => {
    const transcript = openTranscript();
    await transcript.put(message({ text: 'A reef', status: 'interim' }));
    const file = toJson(await transcript.all(), new Date(0));
    await transcript.put(message({ text: 'A reef is a ridge.' }));
    await transcript.bring(talksIn(file));
    expect((await transcript.latest())?.messages).toMatchObject([{ text: 'A reef is a ridge.' }]);
  });
});

it.each([
  ['no JSON', 'Dear diary', 'other'],
  ['JSON of somebody else', '{"format":"notes","version":1}', 'other'],
  ['a list', '[]', 'other'],
  ['a later version', '{"format":"visavis-transcript","version":2}', 'newer'],
  ['half of a file', '{"format":"visavis-transcript","version":1}', 'damaged'],
  [
    'a message without words',
    JSON.stringify({
      format: 'visavis-transcript',
      version: 1,
      exportedAt: '2026-11-21T09:30:00.000Z',
      conversations: [{ id: 'a', title: '', startedAt: 1, lastAt: 1, messages: [{ id: 'x' }] }],
    }),
    'damaged',
  ],
])('%s is refused, and the reason is known', (_, text, why) => {
  expect(readExport(text)).toEqual({ ok: false, why });
});

it('captions follow each other and hold nothing that ends them early', () => {
  const name = ({ who }: { who: string }) => (who === 'reader' ? 'You' : 'Vis');
  const talk: Talk = {
    conversation: { id: 'a', title: 'A <reef>', startedAt: 0, lastAt: 0 },
    messages: [
      message({ id: '1', at: 1_000, text: 'What --> is\n\na reef & why?' }),
      message({ id: '2', at: 2_500, who: 'avatar', text: 'A ridge.' }),
      message({ id: '3', at: 3_601_000, who: 'avatar', text: '' }),
      message({ id: '4', at: 3_602_000, who: 'avatar', text: 'x'.repeat(150) }),
    ],
  };
  expect(toWebVtt(talk, name)).toBe(`WEBVTT - A &lt;reef&gt;

00:00:00.000 --> 00:00:01.500
<v You>What --&gt; is
a reef &amp; why?

00:00:01.500 --> 00:00:02.500
<v Vis>A ridge.

01:00:01.000 --> 01:00:11.000
<v Vis>${'x'.repeat(150)}
`);
});
