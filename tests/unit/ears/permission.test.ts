import { beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { showAskingPage } from '@/lib/ears/asking';
import { watchPermission } from '@/lib/ears/permission';

beforeEach(() => fakeBrowser.reset());

/** What `permissions.query` gives, changed by hand. */
class FakeStatus extends EventTarget {
  state: PermissionState = 'prompt';
  becomes(state: PermissionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

it('follows the leave as it is given and taken back, until nobody wants to know', async () => {
  const status = new FakeStatus();
  const permission = watchPermission({ query: async () => status as never });
  expect(permission.leave.value).toBeNull();
  await permission.ready;
  const seen = [permission.leave.value];
  for (const state of ['granted', 'denied'] as const) {
    status.becomes(state);
    seen.push(permission.leave.value);
  }
  permission.dispose();
  status.becomes('granted');
  expect([...seen, permission.leave.value]).toEqual(['prompt', 'granted', 'denied', 'denied']);
});

it('a browser that does not know the microphone by name will have to be asked', async () => {
  const permission = watchPermission({
    query: async () => {
      throw new TypeError('microphone is no PermissionName');
    },
  });
  await permission.ready;
  expect(permission.leave.value).toBe('prompt');
});

it('the page that asks has one tab, however often it is shown, and a new one once that is closed', async () => {
  const show = showAskingPage();
  const create = vi.spyOn(fakeBrowser.tabs, 'create');
  await show();
  await show();
  expect(create).toHaveBeenCalledOnce();
  vi.spyOn(fakeBrowser.tabs, 'update').mockRejectedValueOnce(new Error('No tab with id: 2.'));
  await show();
  expect(create).toHaveBeenCalledTimes(2);
});
