import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { call, onInvitation, type Invitation } from '@/lib/panel/invitation';
import { eventually } from '@/tests/unit/eventually';

const opened: unknown[] = [];
beforeEach(() => {
  fakeBrowser.reset();
  opened.length = 0;
  Object.assign(fakeBrowser, {
    sidePanel: {
      open: async (where: unknown) => {
        opened.push(where);
      },
    },
  });
});

function listen(windowId: number) {
  const got: Invitation[] = [];
  const stop = onInvitation(windowId, (invitation) => got.push(invitation));
  return { got, stop };
}

it('opens the panel in the very call, before anything is awaited', () => {
  call({ id: 5, windowId: 1 }, { about: 'open', selection: null });
  expect(opened).toEqual([{ windowId: 1 }]);
});

it('reaches a panel that opens later', async () => {
  call({ id: 5, windowId: 1 }, { about: 'selection', selection: 'a reef' });
  const { got } = listen(1);
  await eventually(() => expect(got).toHaveLength(1));
  expect(got[0]).toMatchObject({ about: 'selection', tabId: 5, selection: 'a reef' });
});

it('reaches an open panel, and only that of its window', async () => {
  const here = listen(1);
  const there = listen(2);
  call({ id: 5, windowId: 1 }, { about: 'page', selection: null });
  await eventually(() => expect(here.got).toHaveLength(1));
  expect(there.got).toEqual([]);
});

it('is answered once: a reopened panel does not hear it again', async () => {
  call({ id: 5, windowId: 1 }, { about: 'page', selection: null });
  const first = listen(1);
  await eventually(() => expect(first.got).toHaveLength(1));
  first.stop();
  await eventually(async () =>
    expect(await fakeBrowser.storage.session.get('invitation:1')).toEqual({}),
  );
  const second = listen(1);
  call({ id: 6, windowId: 1 }, { about: 'open', selection: null });
  await eventually(() => expect(second.got).toHaveLength(1));
  expect(second.got[0]).toMatchObject({ about: 'open', tabId: 6 });
});

it('takes nothing that is not an invitation', async () => {
  await fakeBrowser.storage.session.set({ 'invitation:1': { about: 'everything', tabId: 'x' } });
  const { got } = listen(1);
  call({ id: 7, windowId: 1 }, { about: 'open', selection: null });
  await eventually(() => expect(got).toHaveLength(1));
  expect(got[0]?.tabId).toBe(7);
});
