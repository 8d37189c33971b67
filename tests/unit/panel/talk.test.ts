import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, it, vi } from 'vitest';
import type { AppError } from '@/lib/errors';
import { createTalk } from '@/lib/panel/talk';
import { openTranscript } from '@/lib/transcript/store';

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
  talk.ask('What is a reef?', null);
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

it('grows an answer in its place', () => {
  const talk = createTalk(openTranscript(), () => undefined);
  talk.hear(said('A', false), null);
  talk.ask('Wait', null);
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
  talk.ask('Still here?', null);
  await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0));
  expect(talk.messages.value.map(({ text }) => text)).toEqual(['Still here?']);
  expect(errors[0]?.code).toBe('storage_failed');
  talk.dispose();
});

it('begins an empty conversation and leaves the old one stored', async () => {
  const transcript = openTranscript();
  const talk = createTalk(transcript, () => undefined);
  await talk.open();
  talk.ask('Old', null);
  await talk.fresh();
  expect(talk.messages.value).toEqual([]);
  talk.ask('New', null);
  await vi.waitFor(async () => expect(await transcript.all()).toHaveLength(2));
  talk.dispose();
});

it('keeps the order in which things were said when the clock jumps back', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 });
  const transcript = openTranscript();
  const talk = createTalk(transcript, () => undefined);
  await talk.open();
  talk.ask('First', null);
  vi.setSystemTime(10);
  talk.ask('Second', null);
  await transcript.close();
  talk.dispose();
  vi.useRealTimers();
  const again = createTalk(openTranscript(), () => undefined);
  await again.open();
  expect(again.messages.value.map(({ text }) => text)).toEqual(['First', 'Second']);
  again.dispose();
});
