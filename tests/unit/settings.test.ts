import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { avatar, brain, keepChoice, newSite, sites, voice } from '@/lib/settings';
import { stubLocalStorage } from '@/tests/unit/local-storage';

beforeEach(() => {
  fakeBrowser.reset();
});

const stored = async (key: string) => (await fakeBrowser.storage.local.get(key))[key];

it('has a sensible value before anything was ever set', async () => {
  expect(await voice.get()).toEqual({ uri: null, rate: 1, volume: 1, muted: false });
  expect(await brain.get()).toBe('auto');
  expect(newSite.rung).toBe('page');
});

it.each([
  ['of another type', 7],
  ['out of range', { uri: null, rate: 90, volume: 1, muted: false }],
  ['half there', { uri: null }],
  ['a list', []],
])('reads the fallback where what is stored is %s', async (_, value) => {
  await fakeBrowser.storage.local.set({ voice: value });
  expect((await voice.get()).rate).toBe(1);
});

it('puts aside what it could not read before it writes over it', async () => {
  const odd = { uri: null, rate: 90, volume: 1, muted: false };
  await fakeBrowser.storage.local.set({ voice: odd });
  await voice.set({ uri: null, rate: 1.5, volume: 1, muted: false });
  expect(await stored('voice:aside')).toEqual(odd);
  expect((await voice.get()).rate).toBe(1.5);
});

it('leaves a value of a later version alone until the reader changes it', async () => {
  const later = { everything: 'else' };
  await fakeBrowser.storage.local.set({ voice: later, voice$: { v: 9 } });
  expect((await voice.get()).rate).toBe(1);
  expect(await stored('voice')).toEqual(later);
});

it('shares nothing with a site whose rule is broken, and keeps the others', async () => {
  const good = { rung: 'address', keepQuery: true };
  await fakeBrowser.storage.local.set({
    sites: { 'https://good.example': good, 'https://bad.example': { rung: 'everything' } },
  });
  expect(await sites.get()).toEqual({
    'https://good.example': good,
    'https://bad.example': { rung: 'nothing', keepQuery: false },
  });
});

it('tells of a change, with what was before it', async () => {
  const seen: unknown[] = [];
  const stop = brain.watch((value, before) => seen.push([value, before]));
  await brain.set('companion');
  stop();
  await brain.set('auto');
  expect(seen).toEqual([['companion', 'auto']]);
});

describe('what a page changed in its last breath', () => {
  let noted: Map<string, string>;
  beforeEach(() => {
    noted = stubLocalStorage();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  /** Of what is written from now on nothing arrives. */
  const close = () => vi.spyOn(fakeBrowser.storage.local, 'set').mockReturnValue(lost as never);
  const lost = new Promise(() => undefined);

  it.each([
    ['a setting', () => void brain.set('companion'), () => brain.get(), 'companion'],
    ['who was chosen', () => void keepChoice('own', null), () => avatar.get(), 'own'],
  ])('is there in the next: %s', async (_, change, read, expected) => {
    const page = close();
    change();
    page.mockRestore();
    expect(await read()).toBe(expected);
    expect([...noted]).toEqual([]);
    expect(await read()).toBe(expected);
  });

  it('leaves nothing behind where it was stored, or could not be', async () => {
    await brain.set('companion');
    vi.spyOn(fakeBrowser.storage.local, 'set').mockRejectedValueOnce(new Error('full'));
    await expect(brain.set('auto')).rejects.toThrow('full');
    expect([...noted]).toEqual([]);
    expect(await brain.get()).toBe('companion');
  });

  it('does not take a later value for its own', async () => {
    let arrive = (): void => undefined;
    const stored = new Promise<void>((resolve) => (arrive = resolve));
    const page = close().mockReturnValueOnce(stored as never);
    const first = keepChoice('own', null);
    void keepChoice('brokered', null);
    arrive();
    await first;
    page.mockRestore();
    expect(await avatar.get()).toBe('brokered');
  });
});
