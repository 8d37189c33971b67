import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { dropSession, endDropped, endOrphans, heldSessions, holdSession } from '@/lib/broker/held';
import { eventually } from '@/tests/unit/eventually';

let ended: string[];
const end = async (session: string) => {
  ended.push(session);
  return { ok: true, value: null } as const;
};

const withPanel = async () => true;
const withoutPanel = async () => false;

beforeEach(() => {
  fakeBrowser.reset();
  ended = [];
});

it('ends a session as soon as its panel lets go of it, once, and forgets it', async () => {
  endDropped(end, withPanel);
  await holdSession('one');
  await holdSession('two');
  dropSession('one');
  await eventually(() => expect(ended).toEqual(['one']));
  await eventually(async () => expect(await heldSessions()).toEqual(['two']));
  expect(ended).toEqual(['one']);
});

it('ends what was let go of while it did not run', async () => {
  await holdSession('one');
  dropSession('one');
  endDropped(end, withPanel);
  await eventually(() => expect(ended).toEqual(['one']));
});

it('leaves alone what a panel still has, and what is none of ours', async () => {
  await fakeBrowser.storage.local.set({ 'brokerHeld:odd': 'of a later version', other: 'over' });
  await holdSession('one');
  endDropped(end, withPanel);
  dropSession('two');
  await eventually(() => expect(ended).toEqual(['two']));
});

it('ends what a panel had that was killed, once nobody is there who could have it', async () => {
  await holdSession('one');
  endDropped(end, withoutPanel);
  await eventually(() => expect(ended).toEqual(['one']));
  await eventually(async () => expect(await heldSessions()).toEqual([]));
});

it('is on the disk, since a browser that is killed leaves its sessions running', async () => {
  await holdSession('one');
  expect(await fakeBrowser.storage.session.get(null)).toEqual({});
  expect(JSON.stringify(await fakeBrowser.storage.local.get(null))).toContain('one');
});

it('ends what a panel had that could not say that it goes', async () => {
  await holdSession('one');
  await endOrphans(end);
  expect(ended).toEqual(['one']);
  expect(await heldSessions()).toEqual([]);
});

it('keeps in mind what could not be ended, for the next start', async () => {
  await holdSession('one');
  await endOrphans(async () => ({ ok: false, trouble: { code: 'unreachable' } }));
  expect(await heldSessions()).toEqual(['one']);
  endDropped(end, withPanel);
  await eventually(() => expect(ended).toEqual(['one']));
  await eventually(async () => expect(await heldSessions()).toEqual([]));
});

it('forgets what the service does not know any more', async () => {
  await holdSession('one');
  await endOrphans(async () => ({ ok: false, trouble: { code: 'session_ended' } }));
  expect(await heldSessions()).toEqual([]);
});
