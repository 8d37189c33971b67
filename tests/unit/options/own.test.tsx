// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Kept } from '@/components/options/kept';
import { OwnKeyChapter, type OwnKey } from '@/components/options/OwnKeyChapter';
import { ReaderChapter } from '@/components/options/ReaderChapter';
import { createOwnKey } from '@/entrypoints/options/own-key';
import { ownKey } from '@/lib/broker/own-key';
import * as settings from '@/lib/settings';

let root: HTMLElement;
beforeEach(() => {
  fakeBrowser.reset();
  root?.remove();
  root = document.body.appendChild(document.createElement('div'));
});

const show = (view: ComponentChild) => void act(() => render(view, root));
const press = (name: string) =>
  void act(() =>
    [...root.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click(),
  );
const type = (id: string, value: string) =>
  void act(() => {
    const field = root.querySelector<HTMLInputElement>(`#${id}`);
    if (!field) throw new Error(`There is no field ${id}.`);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });

describe('about the reader', () => {
  it('is a form that starts empty and keeps what is written', () => {
    const changes: unknown[] = [];
    const value = signal<settings.ReaderProfile>({ name: '', fields: [] });
    const kept: Kept<settings.ReaderProfile> = {
      value,
      note: signal(null),
      change: (field, next) => {
        changes.push(field);
        value.value = next;
      },
      dispose: () => undefined,
    };
    const again = () => show(<ReaderChapter reader={kept} />);
    again();
    type('reader-name', 'Ada');
    press('Add a line');
    again();
    type('reader-id-0', 'level');
    type('reader-value-0', 'beginner');
    expect(value.value).toEqual({ name: 'Ada', fields: [{ id: 'level', value: 'beginner' }] });
    again();
    press('Remove level');
    expect(value.value).toEqual({ name: 'Ada', fields: [] });
    expect(changes).toContain('fields');
  });
});

describe('a key of the reader’s own', () => {
  const key = btoa(JSON.stringify({ authServer: 'https://auth.example/jwt' }));
  let asked: unknown[];
  let given: unknown[];
  let answer: boolean;
  beforeEach(() => {
    [asked, given, answer] = [[], [], true];
    Object.assign(fakeBrowser.permissions, {
      request: async (what: unknown) => {
        asked.push(what);
        return answer;
      },
    });
    Object.assign(fakeBrowser.permissions, {
      remove: async (what: unknown) => {
        given.push(what);
        return true;
      },
    });
  });

  const idle: OwnKey = {
    kept: signal(null),
    isChosen: signal(false),
    state: signal(null),
    keep: async () => true,
    choose: () => undefined,
    test: () => undefined,
    remove: () => undefined,
  };

  it('asks for its server in the click itself, and is kept once that is allowed', async () => {
    const own = createOwnKey();
    void own.keep(key);
    expect(asked).toEqual([{ origins: ['https://auth.example/*'] }]);
    await expect.poll(() => own.kept.value).toBe(key);
    expect(await ownKey.get()).toBe(key);
  });

  it('is not kept when its server may not be reached', async () => {
    answer = false;
    const own = createOwnKey();
    expect(await own.keep(key)).toBe(false);
    expect(own.state.value).toEqual({ trouble: 'refused' });
    expect(await ownKey.get()).toBe(null);
  });

  it('that is none asks for nothing', async () => {
    const own = createOwnKey();
    expect(await own.keep('not a key')).toBe(false);
    expect(own.state.value).toEqual({ trouble: 'not_a_key' });
    expect(asked).toEqual([]);
  });

  it('gives its permission back when it is removed, and the old one’s when it is replaced', async () => {
    const own = createOwnKey();
    void own.keep(key);
    await expect.poll(() => own.kept.value).toBe(key);
    const other = btoa(JSON.stringify({ authServer: 'https://other.example/jwt' }));
    void own.keep(other);
    await expect.poll(() => given).toEqual([{ origins: ['https://auth.example/*'] }]);
    own.remove();
    await expect.poll(() => given.length).toBe(2);
    expect(given[1]).toEqual({ origins: ['https://other.example/*'] });
    expect(await ownKey.get()).toBe(null);
  });

  it('is chosen in a write that is on its way before the click is over', async () => {
    const own = createOwnKey();
    void own.keep(key);
    await expect.poll(() => own.kept.value).toBe(key);
    const writes = vi.spyOn(fakeBrowser.storage.local, 'set');
    own.choose();
    expect(writes).toHaveBeenCalledWith({ avatar: 'own' });
    expect(asked).toHaveLength(2);
    await expect.poll(() => own.isChosen.value).toBe(true);
    own.remove();
    await expect.poll(() => settings.avatar.get()).toBe('local');
  });

  it.each([
    ['lets it in', 200, { url: 'wss://dh.example', jwt: 'a.b.c' }, 'works'],
    ['does not know it', 401, {}, { error: 'vendor_refused' }],
    ['answers something else', 200, {}, { error: 'vendor_refused' }],
  ])('tested, it tells when its server %s', async (_, status, body, expected) => {
    const fetched: unknown[] = [];
    vi.stubGlobal('fetch', async (url: URL, { headers }: RequestInit) => {
      fetched.push([url.href, headers]);
      return Response.json(body, { status });
    });
    const own = createOwnKey();
    void own.keep(key);
    await expect.poll(() => own.kept.value).toBe(key);
    own.test();
    await expect.poll(() => own.state.value).toEqual(expected);
    expect(fetched).toEqual([['https://auth.example/jwt', { key }]]);
    vi.unstubAllGlobals();
  });

  it('says what came of it, and never shows the key', () => {
    const shown = (state: OwnKey['state']['value']) => {
      show(
        <OwnKeyChapter
          ownKey={{ ...idle, kept: signal(key), state: signal(state) }}
          lockedBy={null}
        />,
      );
      expect(root.innerHTML).not.toContain(key);
      return [...root.querySelectorAll('[role=alert], output')]
        .map((note) => note.textContent)
        .join('');
    };
    expect(shown('works')).toContain('lets you in');
    expect(shown({ trouble: 'forbidden' })).toContain('allow it');
    expect(shown({ error: 'vendor_refused' })).toContain('does not accept your key');
    expect(shown({ error: 'vendor_unreachable' })).toContain('could not be reached');
  });

  it('can only be taken away where an organisation decides', () => {
    show(<OwnKeyChapter ownKey={{ ...idle, kept: signal(key) }} lockedBy="Example School" />);
    expect(root.textContent).toContain('Set by Example School');
    expect([...root.querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual([
      'Remove it',
    ]);
  });

  it('warns before it is typed, and is gone from the page once it is kept', async () => {
    const sent: string[] = [];
    const keep = async (written: string) => {
      sent.push(written);
      return written === key;
    };
    show(<OwnKeyChapter ownKey={{ ...idle, keep }} lockedBy={null} />);
    expect(root.textContent).toContain('anyone who can open this browser profile can read it');
    const field = root.querySelector<HTMLInputElement>('#own-key');
    type('own-key', key.slice(1));
    await act(async () => press('Keep it'));
    expect(field?.value).toBe(key.slice(1));
    type('own-key', key);
    await act(async () => press('Keep it'));
    expect(sent).toEqual([key.slice(1), key]);
    expect(field?.value).toBe('');
  });
});
