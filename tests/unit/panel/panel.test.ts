import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { AppError } from '@/lib/errors';
import type { Shared } from '@/lib/page/context';
import { wholeOf, type PageContext, type PageSelection, type PageStamp } from '@/lib/page/page';
import type { Reading } from '@/lib/page/reading';
import type { PageSight, PageWatch } from '@/lib/page/sight';
import { createPanel, type Panel } from '@/lib/panel/panel';
import { newSite } from '@/lib/settings';
import { openTranscript } from '@/lib/transcript/store';
import { noService, onlyVis } from '@/tests/contract/nobody';
import { localGrant, scripted, type Script, type Scripted } from '@/tests/contract/scripted';
import { eventually } from '@/tests/unit/eventually';

const context: PageContext = {
  url: 'https://reef.example/wall',
  title: 'The wall that breathes',
  language: 'en',
  selection: null,
  text: null,
};
const stamp: PageStamp = {
  url: context.url,
  title: context.title,
  host: 'reef.example',
  rung: 'page',
  icon: null,
};
const sight: PageSight = {
  kind: 'page',
  tabId: 7,
  url: context.url,
  title: context.title,
  icon: null,
  access: 'asked',
  rule: newSite,
  language: 'en',
  selection: null,
};

/** One page in front of the window, which reads as it is told. */
function pageInFront(
  read: PageWatch['read'],
  standing: PageWatch['standing'],
): PageWatch & { calls: string[] } {
  const calls: string[] = [];
  return {
    calls,
    sight: signal(sight),
    marked: signal<PageSelection | null>(null),
    ready: Promise.resolve(),
    invited: async (tabId) => void calls.push(`invited ${tabId}`),
    offer: (selection) => void calls.push(`offer ${selection}`),
    dismiss: () => undefined,
    prepare: async () => undefined,
    read: async () => {
      calls.push('read');
      return read();
    },
    standing,
    preview: async () => ({ text: '', size: '0 byte', bytes: 0, characters: 0 }),
    show: async ({ text }) => {
      calls.push(`show ${text}`);
      return 'shown';
    },
    clear: () => undefined,
    dispose: () => undefined,
  };
}

const readNow: PageWatch['read'] = async () => ({ context, stamp, moved: false });

function panelOf(
  script: Script,
  read = readNow,
  standing: PageWatch['standing'] = () => null,
): Scripted & { panel: Panel; front: string[] } {
  const page = pageInFront(read, standing);
  const fake = scripted({ interrupt: () => undefined, mute: () => undefined, ...script });
  const panel = createPanel({
    page,
    transcript: openTranscript(),
    provide: async () => ({ provider: fake.provider, grant: localGrant }),
    stage: () => ({}) as HTMLElement,
    choice: onlyVis(),
    service: noService,
  });
  return { ...fake, panel, front: page.calls };
}

/** Says its words and is done. */
const speak: Script['speak'] = (text, emit) =>
  emit({ type: 'said', id: 'greeting', who: 'avatar', text, final: true });

const texts = ({ talk }: Panel) => talk.messages.value.map(({ text }) => text);

beforeEach(() => {
  fakeBrowser.reset();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('navigator', {
    locks: {
      request: async (_: string, __: unknown, held: (lock: object) => unknown) => held({}),
      query: async () => ({ held: [] }),
    },
  });
});

it('greets once, says it is an AI in its first sentence, and names the page', async () => {
  const { panel } = panelOf({ speak });
  await panel.open();
  expect(texts(panel)).toHaveLength(1);
  expect(texts(panel)[0]).toMatch(/^[^.]*\bAI\b[^.]*\./u);
  expect(texts(panel)[0]).toContain('“The wall that breathes”');
});

it('answers what was asked while it was still waking, after its greeting', async () => {
  const { panel, calls } = panelOf({ speak, ask: () => undefined });
  const asked = panel.ask('Already there?');
  await panel.open();
  await asked;
  expect(calls.map((call) => call.split(' ')[0])).toEqual(['open', 'speak', 'interrupt', 'ask']);
  expect(texts(panel)).toContain('Already there?');
});

it('has the avatar fall silent while the page is still being read, and asks after it', async () => {
  let read: () => void = () => undefined;
  const reading = new Promise<Reading>((resolve) => {
    read = () => resolve({ context, stamp, moved: false });
  });
  const { panel, calls } = panelOf({ speak, ask: () => undefined }, () => reading);
  await panel.open();
  const asked = panel.ask('Why?');
  await eventually(() => expect(calls).toContain('interrupt'));
  expect(calls).not.toContain('ask Why?');
  read();
  await asked;
  expect(calls.at(-1)).toBe('ask Why?');
});

describe('an avatar that can do without the text of the page', () => {
  const there: Shared = { context: { ...context, title: 'As the browser has it' }, stamp };
  const moved: Reading = {
    context: { ...context, title: 'The next page' },
    stamp: { ...stamp, title: 'The next page' },
    moved: true,
  };

  it('is asked while the page is read, and gets all of it once it is', async () => {
    let asked: PageContext | null = null;
    let read: (reading: Reading) => void = () => undefined;
    const reading = new Promise<Reading>((resolve) => (read = resolve));
    const { panel, calls } = panelOf(
      { speak, early: true, ask: (_, __, context) => void (asked = context) },
      () => reading,
      () => there,
    );
    await panel.open();
    const done = panel.ask('Why?');
    await eventually(() => expect(calls).toContain('ask Why?'));
    expect(asked).toMatchObject({ title: 'As the browser has it', text: null });
    read(moved);
    await done;
    expect(await wholeOf(asked)).toEqual(moved.context);
    // What stands in the talk is what was read.
    expect(panel.talk.messages.value.at(-1)?.page?.title).toBe('The next page');
    expect(panel.notice.value?.text).toContain('“The next page”');
  });

  it('gets nothing more where the page cannot be read', async () => {
    let asked: PageContext | null = null;
    const { panel } = panelOf(
      { speak, early: true, ask: (_, __, context) => void (asked = context) },
      async () => {
        throw new AppError('page_gone');
      },
      () => there,
    );
    await panel.open();
    await panel.ask('Why?');
    expect(await wholeOf(asked)).toBeNull();
    expect(panel.notice.value?.text).toMatch(/closed/u);
  });

  it('waits where nothing is known of the page', async () => {
    let asked: PageContext | null = null;
    const { panel } = panelOf({
      speak,
      early: true,
      ask: (_, __, context) => void (asked = context),
    });
    await panel.open();
    await panel.ask('Why?');
    expect(asked).toEqual(context);
  });
});

it('does not greet into a conversation that goes on', async () => {
  const before = openTranscript();
  await before.put({
    id: 'q',
    conversation: 'c',
    at: 1,
    who: 'reader',
    text: 'And then?',
    status: 'final',
    page: null,
    quotes: [],
  });
  await before.close();
  const { panel, calls } = panelOf({ speak });
  await panel.open();
  expect(texts(panel)).toEqual(['And then?']);
  expect(calls).toEqual(['open']);
});

it('sends nothing of the page before it is asked something', async () => {
  const { panel, front } = panelOf({ speak });
  await panel.open();
  await panel.invited({ id: 'i', about: 'open', tabId: 7, selection: null });
  expect(front).toEqual(['invited 7']);
});

it('reads the page when the question is sent, and the question keeps which page it was', async () => {
  const { panel, front, calls } = panelOf({ speak, ask: () => undefined });
  await panel.open();
  await panel.ask('How deep is it?');
  expect(front).toEqual(['read']);
  expect(calls).toContain('ask How deep is it?');
  expect(panel.talk.messages.value.at(-1)?.page).toEqual(stamp);
});

it('asks about the page at once when the menu says so', async () => {
  const { panel, calls } = panelOf({ speak, ask: () => undefined });
  await panel.open();
  await panel.invited({ id: 'i', about: 'page', tabId: 7, selection: null });
  expect(calls).toContain('ask What is this page about?');
});

it('offers the words of the menu and invites to type', async () => {
  const { panel, front } = panelOf({ speak });
  await panel.open();
  await panel.invited({ id: 'i', about: 'selection', tabId: 7, selection: 'a third' });
  expect(front).toEqual(['invited 7', 'offer a third']);
  expect(panel.focusAt.value).toBe(1);
});

it('answers without the page when its tab was closed, and says so', async () => {
  const gone: PageWatch['read'] = async () => {
    throw new AppError('page_gone');
  };
  const { panel, calls } = panelOf({ speak, ask: () => undefined }, gone);
  await panel.open();
  await panel.ask('Why?');
  expect(calls).toContain('ask Why?');
  expect(panel.notice.value?.text).toMatch(/closed/u);
  expect(texts(panel)).toContain('Why?');
});

it('says which page it was about when the page changed meanwhile', async () => {
  const { panel } = panelOf({ speak, ask: () => undefined }, async () => ({
    context,
    stamp,
    moved: true,
  }));
  await panel.open();
  await panel.ask('Why?');
  expect(panel.notice.value?.text).toContain('“The wall that breathes”');
});

it('keeps what was asked when it cannot be answered, and asks again with one button', async () => {
  let broken = true;
  const { panel, calls } = panelOf({
    speak,
    ask: () => {
      if (broken) throw new AppError('provider_failed');
    },
  });
  await panel.open();
  await panel.ask('Why?');
  expect(texts(panel)).toContain('Why?');
  const again = panel.notice.value?.action;
  expect(again?.label).toBe('Try again');
  broken = false;
  again?.run();
  await eventually(() => expect(calls.filter((call) => call === 'ask Why?')).toHaveLength(2));
  expect(texts(panel).filter((text) => text === 'Why?')).toHaveLength(1);
});

it('shows a quote on the page its message was about', async () => {
  const { panel, front } = panelOf({
    speak,
    ask: (_, emit) => {
      const quotes = [{ text: 'It is 30 m deep.', at: 3 }];
      emit({ type: 'said', id: 'a', who: 'avatar', text: 'See', final: true, quotes });
    },
  });
  await panel.open();
  await panel.ask('How deep?');
  const answer = panel.talk.messages.value.at(-1);
  const [quote] = answer?.quotes ?? [];
  if (!answer || !quote) throw new Error('There is no quote to show.');
  await panel.point(answer, quote);
  expect(front).toContain('show It is 30 m deep.');
  expect(panel.gaze.value).toBe('page');
});

it('is silent when stopped, with the caption gone', async () => {
  const { panel, calls, emit } = panelOf({ speak });
  await panel.open();
  emit({ type: 'speaking', who: 'avatar' });
  emit({ type: 'spoken', id: 'greeting', from: 0, to: 5 });
  expect(panel.hearing.spoken.value).toMatchObject({ from: 0, to: 5 });
  await panel.stop();
  expect(panel.hearing.spoken.value).toBe(null);
  expect(calls.at(-1)).toBe('interrupt');
});

it('says once, for ever, that there is no voice on this machine', async () => {
  const first = panelOf({ speak });
  await first.panel.open();
  first.emit({ type: 'voice', state: 'none' });
  await eventually(() => expect(first.panel.notice.value?.text).toMatch(/no voice/u));
  const second = panelOf({ speak });
  await second.panel.open();
  second.emit({ type: 'voice', state: 'none' });
  await second.panel.ask('Why?').catch(() => undefined);
  expect(second.panel.notice.value?.text ?? '').not.toMatch(/no voice/u);
});

it('says where it is when another window has it, and comes when called', async () => {
  const held: string[] = [];
  vi.stubGlobal('navigator', {
    locks: {
      request: async (_: string, options: LockOptions, take: (lock: object | null) => unknown) => {
        held.push(options.ifAvailable === true ? 'ask' : 'wait');
        return take(options.ifAvailable === true ? null : {});
      },
      query: async () => ({ held: [{ name: 'visavis-session' }] }),
    },
  });
  const { panel, calls } = panelOf({ speak });
  await panel.open();
  expect(calls).toEqual([]);
  expect(panel.notice.value?.action?.label).toBe('Bring me here');
  await panel.wake();
  expect(held).toEqual(['ask', 'ask', 'wait']);
  expect(calls[0]).toBe('open');
});

it('is called over by a question: two windows never have one each', async () => {
  let isElsewhere = true;
  vi.stubGlobal('navigator', {
    locks: {
      request: async (_: string, how: LockOptions, take: (lock: object | null) => unknown) => {
        const isTaken = how.ifAvailable === true && isElsewhere;
        if (!isTaken) isElsewhere = false;
        return take(isTaken ? null : {});
      },
      query: async () => ({ held: isElsewhere ? [{ name: 'visavis-session' }] : [] }),
    },
  });
  const { panel, calls } = panelOf({
    speak,
    ask: () => {
      expect(isElsewhere).toBe(false);
    },
  });
  await panel.open();
  await panel.ask('Why so warm?');
  expect(calls).toContain('ask Why so warm?');
  expect(panel.notice.value).toBeNull();
});

it('puts what is asked in the moment after “new conversation” into the new one', async () => {
  const { panel } = panelOf({ speak, ask: () => undefined });
  await panel.open();
  await panel.ask('How old is the reef?');
  const before = panel.talk.conversation.value;
  void panel.fresh();
  await panel.ask('Who rang the bell?');
  expect(panel.talk.conversation.value).not.toBe(before);
  expect(texts(panel)).toContain('Who rang the bell?');
  expect(texts(panel)).not.toContain('How old is the reef?');
});

it('remembers the last question, to ask it in other words', async () => {
  const { panel } = panelOf({ speak, ask: () => undefined });
  await panel.open();
  await panel.ask('Why so warm?');
  expect(panel.lastQuestion()).toBe('Why so warm?');
});
