import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import type { AppError } from '@/lib/errors';
import { createTalk } from '@/lib/panel/talk';
import { openTranscript, type Transcript } from '@/lib/transcript/store';
import { eventually } from '@/tests/unit/eventually';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

const said = (text: string, final: boolean) =>
  ({ type: 'said', id: 'a1', who: 'avatar', text, final }) as const;

it('brings back what was said and what was typed', async () => {
  const errors: AppError[] = [];
  const transcript = openTranscript();
  const talk = createTalk(transcript, (error) => errors.push(error));
  await talk.open();
  await talk.ask('What is a reef?', null);
  talk.hear(said('A ridge.', true), null);
  talk.write('And who lives');
  await transcript.close();
  talk.dispose();

  const again = createTalk(openTranscript(), (error) => errors.push(error));
  await again.open();
  expect(again.messages.value.map(({ text }) => text)).toEqual(['What is a reef?', 'A ridge.']);
  expect(again.draft.value).toBe('And who lives');
  expect(errors).toEqual([]);
  again.dispose();
});

it('grows an answer in its place', async () => {
  const talk = createTalk(openTranscript(), () => undefined);
  talk.hear(said('A', false), null);
  await talk.ask('Wait', null);
  talk.hear(said('A ridge.', true), null);
  expect(talk.messages.value.map(({ text, status }) => [text, status])).toEqual([
    ['A ridge.', 'final'],
    ['Wait', 'final'],
  ]);
  talk.dispose();
});

it('keeps on the screen what could not be stored, and says so once a write failed', async () => {
  const errors: AppError[] = [];
  vi.stubGlobal('indexedDB', undefined);
  const talk = createTalk(openTranscript(), (error) => errors.push(error));
  await talk.open();
  await talk.ask('Still here?', null);
  await eventually(() => expect(errors.length).toBeGreaterThan(0));
  expect(talk.messages.value.map(({ text }) => text)).toEqual(['Still here?']);
  expect(errors[0]?.code).toBe('storage_failed');
  talk.dispose();
});

it('begins an empty conversation and leaves the old one stored', async () => {
  const transcript = openTranscript();
  const talk = createTalk(transcript, () => undefined);
  await talk.open();
  await talk.ask('Old', null);
  await talk.fresh();
  expect(talk.messages.value).toEqual([]);
  await talk.ask('New', null);
  await eventually(async () => expect(await transcript.all()).toHaveLength(2));
  talk.dispose();
});

it('keeps the order in which things were said when the clock jumps back', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  const transcript = openTranscript();
  const talk = createTalk(transcript, () => undefined);
  await talk.open();
  await talk.ask('First', null);
  vi.setSystemTime(10);
  await talk.ask('Second', null);
  await transcript.close();
  talk.dispose();
  vi.useRealTimers();
  const again = createTalk(openTranscript(), () => undefined);
  await again.open();
  expect(again.messages.value.map(({ text }) => text)).toEqual(['First', 'Second']);
  again.dispose();
});

it('shows a question once it is kept, and a deleted one is seen until it is gone', async () => {
  const transcript = openTranscript();
  const talk = createTalk(transcript, () => undefined);
  await talk.open();
  const texts = () => talk.messages.value.map(({ text }) => text);
  const writing = hold(transcript, 'put');
  const asking = talk.ask('Is it kept?', null);
  expect(texts()).toEqual([]);
  writing.done();
  const { id } = await asking;
  expect(texts()).toEqual(['Is it kept?']);
  const deleting = hold(transcript, 'remove');
  const removing = talk.remove(id);
  expect(texts()).toEqual(['Is it kept?']);
  deleting.done();
  await removing;
  expect(texts()).toEqual([]);
  talk.dispose();
});

it('makes nobody wait for a slow disk', async () => {
  vi.useFakeTimers();
  const transcript = openTranscript();
  const talk = createTalk(transcript, () => undefined);
  hold(transcript, 'put');
  const asking = talk.ask('Is it kept?', null);
  await vi.advanceTimersByTimeAsync(300);
  await asking;
  expect(talk.messages.value.map(({ text }) => text)).toEqual(['Is it kept?']);
  vi.useRealTimers();
  talk.dispose();
});

it('what was typed leaves the disk with the question it became, not before', async () => {
  const transcript = openTranscript();
  const talk = createTalk(transcript, () => undefined);
  await talk.open();
  await talk.ask('Before', null);
  const id = talk.conversation.value;
  talk.write('What is a reef?');
  const text = talk.take();
  expect(talk.draft.value).toBe('');
  expect(await transcript.draft.get(id)).toBe('What is a reef?');
  await talk.ask(text, null);
  expect(await transcript.draft.get(id)).toBe('');
  talk.dispose();
});

/** From now on that verb of the transcript takes until it is told. */
function hold(transcript: Transcript, verb: 'put' | 'remove') {
  let done: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    done = resolve;
  });
  vi.spyOn(transcript, verb).mockReturnValueOnce(held);
  return { done: () => done() };
}
