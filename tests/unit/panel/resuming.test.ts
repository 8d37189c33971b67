import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { vis } from '@/lib/avatar/avatar';
import { createResuming } from '@/lib/panel/resuming';
import { nova, orion } from '@/tests/contract/company';
import { eventually } from '@/tests/unit/eventually';

beforeEach(() => fakeBrowser.reset());

const token = 'what the vendor remembers';
const of = (conversation: string, avatar = nova) =>
  createResuming({
    remembered: async () => undefined,
    conversation: () => conversation,
    avatar: () => avatar,
  });

async function kept() {
  of('c').remember({ provider: 'soul-machines', token });
  await eventually(async () => expect(await of('c').recall()).not.toBeNull());
}

it('reminds the same avatar of the same conversation when the panel is opened again', async () => {
  await kept();
  expect(await of('c').recall()).toEqual({ provider: 'soul-machines', token });
});

it.each([
  ['another conversation', of('d')],
  ['another avatar', of('c', orion)],
  ['Vis', of('c', vis())],
])('says nothing of it to %s', async (_, other) => {
  await kept();
  expect(await other.recall()).toBeNull();
});

it('never lies on the disk, and is gone when it holds no longer', async () => {
  await kept();
  expect(JSON.stringify(await fakeBrowser.storage.local.get(null))).not.toContain(token);
  of('c').remember(null);
  await eventually(async () => expect(await of('c').recall()).toBeNull());
  expect(JSON.stringify(await fakeBrowser.storage.session.get(null))).not.toContain(token);
});
