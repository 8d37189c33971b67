import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PageContext } from '@/lib/page/page';
import { createTelling } from '@/lib/providers/inworld/telling';
import { realTiming } from '@/lib/session/timing';

const page = (title: string, text: string | null = null): PageContext => ({
  url: 'https://example.org/',
  title,
  language: 'en',
  selection: text === null ? null : { text, before: '', after: '' },
  text: null,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function teller() {
  const told: string[] = [];
  const state = { taken: false, fails: false };
  const telling = createTelling(
    {
      taken: () => state.taken,
      trigger: async ({ name, parameters }) => {
        if (state.fails) throw new Error('gone');
        told.push(`${name} ${parameters[name === 'page_context' ? 1 : 0]?.value ?? ''}`);
      },
      narrate: async (text) => void told.push(text),
    },
    realTiming,
  );
  return { told, state, telling };
}

describe('telling a character of pages', () => {
  it('says one thing a second, and of many pages the last', async () => {
    const { told, telling } = teller();
    telling.look(page('One'));
    telling.look(page('Two'));
    telling.look(page('Three', 'words'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told).toEqual(['page_context One', 'page_context Three', 'page_selection words']);
  });

  it('waits while something is said', async () => {
    const { told, state, telling } = teller();
    state.taken = true;
    telling.look(page('One'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told).toEqual([]);
    state.taken = false;
    await telling.release();
    expect(told).toEqual(['page_context One']);
  });

  it('does not wait before a question, and repeats nothing', async () => {
    const { told, telling } = teller();
    telling.look(page('One'));
    await telling.before('Why?', page('One', 'words'));
    await telling.before('Why?', page('One', 'words'));
    expect(told).toEqual(['page_context One', 'page_selection words']);
  });

  it('says it again to somebody else, and when it did not arrive', async () => {
    const { told, state, telling } = teller();
    state.fails = true;
    await expect(telling.before('Why?', page('One'))).rejects.toThrow('gone');
    state.fails = false;
    await telling.before('Why?', page('One'));
    telling.forget();
    await telling.before('Why?', page('One'));
    expect(told).toEqual(['page_context One', 'page_context One']);
  });
});
