import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { dropSession, endDropped, endOrphans, heldSessions, holdSession } from '@/lib/broker/held';

let ended: string[];
const end = async (session: string) => {
  ended.push(session);
  return { ok: true, value: null } as const;
};

beforeEach(() => {
  fakeBrowser.reset();
  ended = [];
});

it('ends a session as soon as its panel lets go of it, once, and forgets it', async () => {
  endDropped(end);
  await holdSession('one');
  await holdSession('two');
  dropSession('one');
  await vi.waitFor(() => expect(ended).toEqual(['one']));
  await vi.waitFor(async () => expect(await heldSessions()).toEqual(['two']));
  expect(ended).toEqual(['one']);
});

it('ends what was let go of while it did not run', async () => {
  await holdSession('one');
  dropSession('one');
  endDropped(end);
  await vi.waitFor(() => expect(ended).toEqual(['one']));
});

it('leaves alone what a panel still has, and what is none of ours', async () => {
  await fakeBrowser.storage.session.set({ 'brokerHeld:odd': 'of a later version', other: 'over' });
  await holdSession('one');
  endDropped(end);
  dropSession('two');
  await vi.waitFor(() => expect(ended).toEqual(['two']));
});

it('ends what a panel had that could not say that it goes', async () => {
  await holdSession('one');
  await endOrphans(end);
  expect(ended).toEqual(['one']);
  expect(await heldSessions()).toEqual([]);
});
