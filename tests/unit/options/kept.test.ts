import { expect, it, vi } from 'vitest';
import { keep } from '@/components/options/kept';
import type { Setting } from '@/lib/settings';
import { eventually } from '@/tests/unit/eventually';

/** A setting whose writes end when the test says so. */
function slowSetting(stored: string) {
  const writes: { value: string; end: () => void; fail: () => void }[] = [];
  let tell: (value: string, before: string) => void = () => undefined;
  const setting: Setting<string> = {
    get: async () => stored,
    set: (value) =>
      new Promise((end, reject) => {
        writes.push({ value, end, fail: () => reject(new Error('disk full')) });
      }),
    watch(changed) {
      tell = changed;
      return () => (tell = () => undefined);
    },
  };
  return { setting, writes, elsewhere: (value: string) => tell(value, stored) };
}

it('shows what is stored, and what another window makes of it', async () => {
  const { setting, elsewhere } = slowSetting('red');
  const kept = keep(setting);
  expect(kept.value.value).toBeNull();
  await eventually(() => expect(kept.value.value).toBe('red'));
  elsewhere('blue');
  expect(kept.value.value).toBe('blue');
  kept.dispose();
  elsewhere('green');
  expect(kept.value.value).toBe('blue');
});

it('says beside the field that it was saved, and lets the word fade', async () => {
  vi.useFakeTimers();
  const { setting, writes } = slowSetting('red');
  const kept = keep(setting);
  kept.change('hair', 'blue');
  expect(kept.value.value).toBe('blue');
  expect(kept.note.value).toBeNull();
  writes[0]?.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(kept.note.value).toEqual({ field: 'hair', outcome: 'saved' });
  await vi.advanceTimersByTimeAsync(3_000);
  expect(kept.note.value).toBeNull();
  vi.useRealTimers();
});

it('keeps in the field what could not be saved, and says so until a save succeeds', async () => {
  vi.useFakeTimers();
  const { setting, writes } = slowSetting('red');
  const kept = keep(setting);
  kept.change('hair', 'blue');
  writes[0]?.fail();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(kept.value.value).toBe('blue');
  expect(kept.note.value).toEqual({ field: 'hair', outcome: 'failed' });
  kept.change('hair', 'green');
  writes[1]?.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(kept.note.value).toEqual({ field: 'hair', outcome: 'saved' });
  vi.useRealTimers();
});

it('stores only the first and the last of what a slider passes while the disk is busy', async () => {
  const { setting, writes } = slowSetting('0');
  const kept = keep(setting);
  for (let at = 1; at <= 50; at++) kept.change('rate', `${at}`);
  writes[0]?.end();
  await eventually(() => expect(writes).toHaveLength(2));
  expect(writes.map(({ value }) => value)).toEqual(['1', '50']);
});

it('a late echo of an older value does not move the field under the finger', async () => {
  const { setting, writes, elsewhere } = slowSetting('0');
  const kept = keep(setting);
  kept.change('rate', '1');
  kept.change('rate', '2');
  elsewhere('1');
  expect(kept.value.value).toBe('2');
  writes[0]?.end();
  await eventually(() => expect(writes).toHaveLength(2));
});
