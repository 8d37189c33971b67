import 'fake-indexeddb/auto';
import { signal, type Signal } from '@preact/signals';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { vis } from '@/lib/avatar/avatar';
import { Troubled } from '@/lib/broker/trouble';
import { AppError, type ErrorCode } from '@/lib/errors';
import type { PageSelection } from '@/lib/page/page';
import type { PageSight, PageWatch } from '@/lib/page/sight';
import { createPanel, type Panel } from '@/lib/panel/panel';
import type { Grant } from '@/lib/session/provider';
import * as settings from '@/lib/settings';
import type { Message } from '@/lib/transcript/message';
import { openTranscript, type Transcript } from '@/lib/transcript/store';
import { companyOf, nova, orion, type Company } from '@/tests/contract/company';
import { localGrant, scripted, type Script } from '@/tests/contract/scripted';
import { noService } from '@/tests/contract/nobody';
import { eventually } from '@/tests/unit/eventually';

const url = 'https://reef.example/wall';
const stamp = { url, title: 'The wall', host: 'reef.example', rung: 'page', icon: null } as const;
const context = { url, title: 'The wall', language: 'en', selection: null, text: null };
const followed: PageSight = {
  kind: 'page',
  tabId: 7,
  url,
  title: 'The wall',
  icon: null,
  access: 'site',
  rule: settings.newSite,
  language: 'en',
  selection: null,
};

let panels: Panel[] = [];

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
afterEach(async () => {
  vi.useRealTimers();
  for (const panel of panels) await panel.dispose();
  panels = [];
});

interface Setting extends Company {
  readonly script?: Script;
  readonly sight?: Signal<PageSight>;
  readonly transcript?: Transcript;
}

function panelOf({ script, sight = signal(followed), transcript, ...company }: Setting = {}) {
  const shown: string[] = [];
  const did: string[] = [];
  const page: PageWatch = {
    sight,
    marked: signal<PageSelection | null>(null),
    ready: Promise.resolve(),
    invited: async () => undefined,
    offer: () => undefined,
    dismiss: () => undefined,
    prepare: async () => undefined,
    read: async () => ({ context, stamp, moved: false }),
    standing: () => null,
    preview: async () => ({ text: '', size: '0 byte', bytes: 0, characters: 0 }),
    show: async ({ text }) => {
      shown.push(text);
      return 'shown';
    },
    clear: () => undefined,
    dispose: () => undefined,
  };
  const fake = scripted({
    interrupt: () => undefined,
    mute: () => undefined,
    ask: () => undefined,
    ...script,
  });
  const choice = companyOf(company);
  const opened: string[] = [];
  const panel = createPanel({
    page,
    transcript: transcript ?? openTranscript(),
    provide: async () => {
      const { name, provider, brokered } = choice.current.peek();
      opened.push(name);
      const grant: Grant = brokered
        ? {
            ...localGrant,
            provider: 'perso',
            sessionId: 's',
            apiServer: '',
            intro: null,
            iceServers: [],
            forceRelay: false,
          }
        : localGrant;
      return { provider: fake.provider, grant: { ...grant, provider } as Grant };
    },
    stage: () => ({}) as HTMLElement,
    choice,
    keeping: {
      allowance: signal(null),
      open: async () => Promise.reject(new Error('Nobody opens it here.')),
      freshToken: async () => Promise.reject(new Error('Nobody asks for it here.')),
      release: () => did.push('release'),
      tidy: () => did.push('tidy'),
      abandon: () => did.push('abandon'),
      settled: async () => undefined,
    },
    service: {
      ...noService,
      settings: () => did.push('settings'),
      allow: async () => did.push('allow service') > 0,
      end: async (sessions) => void did.push(`end ${sessions.join()}`),
    },
  });
  panels.push(panel);
  return { ...fake, panel, choice, opened, did, shown };
}

const asked = (text: string): Message => ({
  id: text,
  conversation: 'c',
  at: 1,
  who: 'reader',
  text,
  status: 'final',
  page: null,
  quotes: [],
});

const texts = ({ talk }: Panel) => talk.messages.value.map(({ text }) => text);

describe('another maker’s avatar', () => {
  it('is there under its own name, which what it said keeps', async () => {
    const { panel, emit } = panelOf();
    await panel.open();
    emit({ type: 'said', id: 'a', who: 'avatar', text: 'Welcome.', final: true });
    await panel.choose(vis());
    emit({ type: 'said', id: 'b', who: 'avatar', text: 'Hello.', final: true });
    expect(panel.talk.messages.value.map(({ by }) => by)).toEqual(['Nova', undefined]);
  });

  it('is not given words of ours to say', async () => {
    const { panel, calls } = panelOf({ script: { speak: () => undefined } });
    await panel.open();
    expect(calls).toEqual(['open']);
  });

  it('is on its way while what was said is still read, and let in with it', async () => {
    const transcript = openTranscript();
    await transcript.put(asked('How old is it?'));
    let read = () => undefined as void;
    const slow = new Promise<void>((resolve) => (read = resolve));
    const told: unknown[] = [];
    const { panel, opened } = panelOf({
      transcript: { ...transcript, latest: (most) => slow.then(() => transcript.latest(most)) },
      script: { open: ({ history }) => void told.push(history) },
    });
    const open = panel.open();
    await eventually(() => expect(opened).toEqual(['Nova']));
    expect(told).toEqual([]);
    read();
    await open;
    expect(told).toEqual([[{ who: 'reader', text: 'How old is it?' }]]);
    expect(opened).toEqual(['Nova']);
  });

  it('hears a question while it is being kept; it is seen once it is', async () => {
    const transcript = openTranscript();
    let keep = () => undefined as void;
    const slow = new Promise<void>((resolve) => (keep = resolve));
    const { panel, calls } = panelOf({
      transcript: { ...transcript, put: (...what) => slow.then(() => transcript.put(...what)) },
    });
    await panel.open();
    const asked = panel.ask('How deep is it?');
    await eventually(() => expect(calls).toContain('ask How deep is it?'));
    expect(texts(panel)).toEqual([]);
    keep();
    await asked;
    expect(texts(panel)).toEqual(['How deep is it?']);
  });

  it('does not come in another window’s stead', async () => {
    const locks = {
      request: async (_: string, __: unknown, held: (lock: null) => unknown) => held(null),
      query: async () => ({ held: [{ name: 'visavis-session' }] }),
    };
    vi.stubGlobal('navigator', { locks });
    const { panel, opened } = panelOf();
    await panel.open();
    expect(opened).toEqual([]);
    expect(panel.notice.value?.text).toContain('your other window');
  });

  it('gives way to another with what was said so far, and what nobody answered is asked again', async () => {
    const { panel, opened, calls } = panelOf();
    await panel.open();
    await panel.ask('How deep is it?');
    await panel.choose(orion);
    expect(opened).toEqual(['Nova', 'Orion']);
    const asked = () => calls.filter((call) => call === 'ask How deep is it?');
    await eventually(() => expect(asked()).toHaveLength(2));
    expect(texts(panel)).toEqual(['How deep is it?']);
  });

  it('chosen elsewhere comes at once, but wakes nobody who sleeps', async () => {
    const { panel, choice, opened } = panelOf();
    await panel.open();
    await choice.choose(orion);
    await eventually(() => expect(opened).toEqual(['Nova', 'Orion']));
    await eventually(() => expect(panel.session.state.value.status).toBe('live'));
    await panel.session.end('user');
    await choice.choose(nova);
    expect(panel.session.state.value.status).toBe('ended');
    expect(opened).toEqual(['Nova', 'Orion']);
  });

  it('can be given up while it is being looked for, and another comes in its place', async () => {
    let first = true;
    const open = () => {
      const waits = first;
      first = false;
      return waits ? new Promise<void>(() => undefined) : undefined;
    };
    const { panel, opened } = panelOf({ script: { open } });
    void panel.open();
    await eventually(() => expect(opened).toEqual(['Nova']));
    await panel.cancel();
    expect(panel.session.state.value).toMatchObject({ status: 'ended', ending: { by: 'user' } });
    await panel.choose(orion);
    expect(panel.session.state.value.status).toBe('live');
    expect(panel.notice.value).toBeNull();
  });

  it('ends with the panel, without waiting for anything', async () => {
    const { panel, did } = panelOf();
    await panel.open();
    void panel.dispose();
    expect(did.at(-1)).toBe('abandon');
  });
});

describe('before the first word', () => {
  const introduction = { service: 'Example Library', disclosure: 'We listen.', privacy: null };

  it('nobody is opened or fetched, and a question waits until the reader has agreed', async () => {
    const { panel, opened, did, calls } = panelOf({ introduction });
    await panel.open();
    await panel.ask('Who are you?');
    expect([opened, did]).toEqual([[], []]);
    await panel.agree();
    expect(opened).toEqual(['Nova']);
    await eventually(() => expect(calls).toContain('ask Who are you?'));
  });

  it('the reader may stay with Vis, who answers', async () => {
    const { panel, opened, calls } = panelOf({ introduction, script: { speak: () => undefined } });
    await panel.open();
    await panel.ask('Who are you?');
    await panel.standIn();
    expect(opened).toEqual(['Vis']);
    await eventually(() => expect(calls).toContain('ask Who are you?'));
  });
});

describe('what it shows', () => {
  it('cards and looks stay in the talk, also where nothing is said', async () => {
    const { panel, emit } = panelOf();
    await panel.open();
    const card = { kind: 'text', title: null, text: 'Shelf 14' } as const;
    const at = { tool: 'read_page', about: null, refused: false } as const;
    emit({ type: 'card', id: 'a', card });
    emit({ type: 'looked', id: 'a', at });
    emit({ type: 'said', id: 'a', who: 'avatar', text: 'There.', final: true });
    emit({ type: 'card', id: 'b', card });
    expect(panel.talk.messages.value).toMatchObject([
      { id: 'a', text: 'There.', by: 'Nova', cards: [card], looks: [at] },
      { id: 'b', text: '', status: 'final', by: 'Nova', cards: [card] },
    ]);
    const kept = await openTranscript().latest();
    expect(kept?.messages).toMatchObject([{ cards: [card], looks: [at] }, { cards: [card] }]);
  });

  it('a question it understood is asked like a typed one, under the id it has', async () => {
    const { panel, emit, calls } = panelOf();
    await panel.open();
    emit({ type: 'said', id: 'q', who: 'reader', text: 'How', final: false });
    emit({ type: 'asked', id: 'q', text: 'How deep?' });
    await eventually(() => expect(calls).toContain('ask How deep?'));
    expect(panel.talk.messages.value).toMatchObject([
      { id: 'q', who: 'reader', text: 'How deep?', status: 'final', page: stamp },
    ]);
  });

  it('points at a passage of the page that was asked about', async () => {
    const { panel, emit, shown } = panelOf();
    await panel.open();
    await panel.ask('How deep is it?');
    emit({ type: 'pointed', text: 'It is 30 m deep.' });
    await eventually(() => expect(shown).toEqual(['It is 30 m deep.']));
    expect(panel.gaze.value).toBe('page');
  });

  it('its picture, its cast and its mood hold until told otherwise, and end with it', async () => {
    await settings.moodShown.set(true);
    const { panel, emit, calls } = panelOf({ script: { cast: () => undefined } });
    await panel.open();
    const members = [
      { id: 'n', name: 'Nova' },
      { id: 'k', name: 'The keeper' },
    ];
    emit({ type: 'video', state: 'shown' });
    emit({ type: 'cast', members, current: 'n' });
    emit({ type: 'emotion', emotion: 'joy' });
    expect(panel.standings.video.value).toBe('shown');
    expect(panel.standings.cast.value?.current).toBe('n');
    expect(panel.mood.value).toBe('joy');
    await panel.cast('k');
    expect(calls).toContain('cast k');
    await panel.session.end('user');
    expect([panel.standings.video.value, panel.standings.cast.value]).toEqual(['none', null]);
  });

  it('its mood is nobody’s business unless the reader wants it', async () => {
    const { panel, emit } = panelOf();
    await panel.open();
    emit({ type: 'emotion', emotion: 'joy' });
    expect(panel.mood.value).toBeNull();
  });

  it('the room for its picture is told once it stands still', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { panel, calls } = panelOf({ script: { resize: () => undefined } });
    panel.room(300, 225);
    await panel.open();
    panel.room(320, 240);
    panel.room(336, 252);
    await vi.advanceTimersByTimeAsync(300);
    expect(calls.filter((call) => call.startsWith('resize'))).toEqual(['resize 336 × 252']);
  });

  it('sends the smallest picture there is while nobody can see it for longer than a moment', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { panel, calls } = panelOf({ script: { resize: () => undefined } });
    panel.room(336, 252);
    await panel.open();
    await vi.advanceTimersByTimeAsync(300);
    panel.seen(false);
    await vi.advanceTimersByTimeAsync(5000);
    panel.seen(true);
    await vi.advanceTimersByTimeAsync(300);
    panel.seen(false);
    await vi.advanceTimersByTimeAsync(11_000);
    panel.seen(true);
    await vi.advanceTimersByTimeAsync(300);
    const [full, least] = ['resize 336 × 252', 'resize 64 × 48'];
    const sizes = calls.filter((call) => call.startsWith('resize'));
    expect(sizes).toEqual([full, full, least, full]);
  });
});

describe('what is told of the page without being asked', () => {
  const looks = (calls: readonly string[]) => calls.filter((call) => call.startsWith('look'));
  const wait = async () => vi.advanceTimersByTimeAsync(900);
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  it('a page that stays in front for a moment, on a site the reader lets it follow', async () => {
    const sight = signal<PageSight>(followed);
    const { panel, calls } = panelOf({ sight, script: { look: () => undefined } });
    await panel.open();
    sight.value = { ...followed, url: 'https://reef.example/passing' };
    await vi.advanceTimersByTimeAsync(300);
    sight.value = { ...followed, url: 'https://reef.example/stays' };
    await wait();
    expect(looks(calls)).toEqual(['look https://reef.example/stays']);
  });

  it.each([
    ['where the reader wants to be asked', { ...followed, access: 'asked' as const }],
    [
      'where nothing may be shared',
      { ...followed, rule: { rung: 'nothing' as const, keepQuery: false } },
    ],
  ])('nothing %s', async (_, sight) => {
    const { panel, calls } = panelOf({ sight: signal(sight), script: { look: () => undefined } });
    await panel.open();
    await wait();
    expect(looks(calls)).toEqual([]);
  });

  it('nothing to Vis, who looks when asked', async () => {
    const { panel, calls } = panelOf({ first: vis(), script: { look: () => undefined } });
    await panel.open();
    await wait();
    expect(looks(calls)).toEqual([]);
  });

  it('the page in front as soon as the reader begins to speak, for that is asking', async () => {
    const asked = signal<PageSight>({ ...followed, access: 'asked' });
    const { panel, calls, emit } = panelOf({ sight: asked, script: { look: () => undefined } });
    await panel.open();
    emit({ type: 'speaking', who: 'reader' });
    await wait();
    expect(looks(calls)).toEqual([`look ${url}`]);
  });
});

/** What mends a failure is loaded when there is one. */
async function noticeOf({ notice }: Panel) {
  await eventually(() => expect(notice.value).not.toBeNull());
  return notice.value;
}

describe('when it fails', () => {
  const failing = (error: AppError) => {
    const it = panelOf({
      script: {
        speak: () => undefined,
        open: ({ grant }) => {
          if (grant.provider !== 'local') throw error;
        },
      },
    });
    return it;
  };

  it.each<[ErrorCode, string, string]>([
    ['vendor_media', 'Try again', 'neither picture nor sound'],
    ['vendor_busy', 'Try again', 'taken'],
    ['vendor_unknown', 'Pick another', 'does not know this avatar'],
    ['vendor_permission', 'Allow it', 'does not let Visavis reach'],
    ['vendor_quota', 'Pick another', 'used up'],
  ])('%s has its reason, one button, and Vis meanwhile', async (code, label, reason) => {
    const { panel } = failing(new AppError(code));
    await panel.open();
    const notice = await noticeOf(panel);
    expect(notice?.text).toContain(reason);
    expect(notice?.action?.label).toBe(label);
    expect(notice?.instead?.label).toBe('Talk to Vis meanwhile');
  });

  it('the button that allows asks the browser, and then it comes', async () => {
    let allowed = false;
    const { panel, choice } = panelOf({
      script: {
        open: () => {
          if (!allowed) throw new AppError('vendor_permission');
        },
      },
    });
    await panel.open();
    allowed = true;
    (await noticeOf(panel))?.action?.run();
    await eventually(() => expect(panel.session.state.value.status).toBe('live'));
    expect(choice.asked).toEqual(['allow']);
  });

  it('that is allowed elsewhere comes by itself', async () => {
    let allowed = false;
    const { panel, choice } = panelOf({
      script: {
        open: () => {
          if (!allowed) throw new AppError('vendor_permission');
        },
      },
    });
    await panel.open();
    choice.allowed();
    await eventually(() => expect(panel.notice.value?.action?.label).toBe('Allow it'));
    allowed = true;
    choice.allowed();
    await eventually(() => expect(panel.session.state.value.status).toBe('live'));
    expect(panel.notice.value).toBeNull();
  });

  it('a reader with too many sessions ends the other one and has this one', async () => {
    let busy = true;
    const session = 'session-0123456789abcdef';
    const { panel, did } = panelOf({
      script: {
        open: () => {
          const at = '2026-11-21T10:00:00Z';
          const other = {
            session,
            provider: 'perso',
            persona: 'p',
            started_at: at,
            ends_at: at,
          } as const;
          if (busy) throw new Troubled({ code: 'concurrency_limit', sessions: [other] });
        },
      },
    });
    await panel.open();
    const notice = await noticeOf(panel);
    expect(notice?.action?.label).toBe('End my other session');
    busy = false;
    notice?.action?.run();
    await eventually(() => expect(panel.session.state.value.status).toBe('live'));
    expect(did).toContain(`end ${session}`);
  });

  it('a reader the service does not know is led to sign in', async () => {
    const { panel, did } = failing(new Troubled({ code: 'sign_in_expired' }));
    await panel.open();
    const notice = await noticeOf(panel);
    expect(notice?.text).toBe('Your sign-in has expired. Sign in again.');
    notice?.action?.run();
    expect(did).toContain('settings');
  });

  it('Vis stands in with what was said, and the way back is at hand', async () => {
    const { panel, opened, calls } = failing(new AppError('vendor_unreachable'));
    await panel.open();
    await panel.ask('How deep is it?');
    (await noticeOf(panel))?.instead?.run();
    await eventually(() => expect(panel.notice.value?.action?.label).toBe('Back to Nova'));
    expect(panel.choice.current.value.name).toBe('Vis');
    expect(calls).toContain('ask How deep is it?');
    panel.notice.value?.action?.run();
    await eventually(() => expect(opened.at(-1)).toBe('Nova'));
  });

  it('one question that failed is no reason to change whom one talks to', async () => {
    const { panel, emit } = panelOf();
    await panel.open();
    emit({ type: 'failed', error: new AppError('vendor_silent') });
    const notice = await noticeOf(panel);
    expect(notice?.action?.label).toBe('Try again');
    expect(notice?.instead).toBeUndefined();
  });

  it('its session at the service is given up', async () => {
    const { panel, did } = failing(new AppError('vendor_media'));
    await panel.open();
    expect(did).toContain('release');
  });

  it('a lost line says when it is tried again', async () => {
    const { panel, emit } = panelOf();
    await panel.open();
    emit({ type: 'ended', ending: { by: 'error', error: new AppError('vendor_lost') } });
    await eventually(() => expect(panel.line.value).toMatch(/Again in \d+ s/u));
  });
});

describe('nothing that costs runs unasked', () => {
  it('a panel the browser opened by itself says whom it would go on with, and waits', async () => {
    const { panel, opened, did } = panelOf();
    await panel.open(true);
    expect(opened).toEqual([]);
    // Fetched ahead it would be a session already, and what a panel before it left is none of use.
    expect(did).toEqual(['tidy']);
    expect(panel.notice.value?.text).toContain('costs nothing until you call');
    panel.notice.value?.action?.run();
    await eventually(() => expect(opened).toEqual(['Nova']));
    expect(panel.notice.value).toBeNull();
  });

  it.each([
    ['before', true],
    ['after', false],
  ])('one the reader called for wakes its avatar, the call coming %s it', async (_, isEarly) => {
    const { panel, opened } = panelOf();
    const call = async () => panel.invited({ id: 'i', about: 'open', tabId: 7, selection: null });
    if (isEarly) await call();
    await panel.open(true);
    if (!isEarly) await call();
    await eventually(() => expect(opened).toEqual(['Nova']));
  });

  it('a question wakes it as well', async () => {
    const { panel, opened, calls } = panelOf();
    await panel.open(true);
    await panel.ask('How deep is it?');
    expect(opened).toEqual(['Nova']);
    expect(calls).toContain('ask How deep is it?');
  });

  it('an organisation that will not have it ends it, says so, and Vis goes on', async () => {
    const { panel, choice, opened } = panelOf({ script: { speak: () => undefined } });
    const endings: unknown[] = [];
    panel.session.state.subscribe((state) => {
      if (state.status === 'ended') endings.push(state.ending.by);
    });
    await panel.open();
    choice.forbid();
    await eventually(() => expect(opened).toEqual(['Nova', 'Vis']));
    await eventually(() => expect(panel.notice.value?.text).toContain('switched Nova off'));
    expect(endings).toEqual(['policy']);
  });

  it('a service that will not go on is named as the reason, not the time', async () => {
    const { panel, did } = panelOf();
    await panel.open();
    panel.over(new Troubled({ code: 'unreachable' }));
    expect(panel.line.value).toBe('No way through');
    expect(panel.notice.value?.action).not.toBeNull();
    expect(did).toContain('release');
    await panel.wake();
    panel.over(new Troubled({ code: 'session_ended' }));
    await eventually(() => expect(panel.notice.value?.text).toContain('That session is over'));
    expect(panel.line.value).toBe('Broke off');
    await panel.wake();
    panel.over(null);
    expect(panel.line.value).toBe('Time is up');
    expect(panel.hint.value).toContain('Wake Nova for another');
  });
});

describe('the way to it', () => {
  it('is not to blame while there is no network', async () => {
    vi.stubGlobal('navigator', { locks: navigator.locks, onLine: false });
    const open = () => Promise.reject(new AppError('vendor_media'));
    const { panel } = panelOf({ script: { open } });
    await panel.open();
    await eventually(() => expect(panel.notice.value?.text).toContain('This computer is offline'));
  });

  it('another window may take while it is sought, and the question goes there too', async () => {
    let open = () => undefined as void;
    const { panel, opened, calls } = panelOf({
      script: { open: () => new Promise<void>((resolve) => (open = resolve)) },
    });
    const opening = panel.open();
    const asking = panel.ask('How deep is it?');
    await eventually(() => expect(opened).toEqual(['Nova']));
    await panel.session.end('moved');
    open();
    await Promise.all([opening, asking]);
    expect(opened).toEqual(['Nova']);
    expect(calls).not.toContain('ask How deep is it?');
    expect(texts(panel)).toEqual(['How deep is it?']);
    panel.notice.value?.action?.run();
    open();
    await eventually(() => expect(opened).toEqual(['Nova', 'Nova']));
  });

  it('names the step and how many there are', async () => {
    const open: Script['open'] = ({ emit }) => {
      emit({ type: 'progress', step: 'connecting', percent: null });
      return new Promise(() => undefined);
    };
    const { panel } = panelOf({ script: { open } });
    void panel.open();
    await eventually(() => expect(panel.line.value).toBe('Looking for Nova… (3 of 5)'));
  });

  it('names the per cent where the maker does', async () => {
    const open: Script['open'] = ({ emit }) => {
      emit({ type: 'progress', step: 'preparing', percent: 40.4 });
      return new Promise(() => undefined);
    };
    const { panel } = panelOf({ script: { open } });
    void panel.open();
    await eventually(() => expect(panel.line.value).toBe('Nova gets ready… 40 %'));
  });

  it('says after five seconds that it takes longer than usual', async () => {
    vi.useFakeTimers();
    const { panel } = panelOf({ script: { open: () => new Promise(() => undefined) } });
    void panel.open();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(panel.hint.value).not.toContain('longer');
    await vi.advanceTimersByTimeAsync(1_100);
    expect(panel.hint.value).toContain('longer than usual');
  });
});

describe('the voice', () => {
  it('from elsewhere is turned up and down, never opened anew', async () => {
    const { panel, calls } = panelOf({ script: { volume: () => undefined } });
    await panel.open();
    await settings.voice.set({ uri: null, rate: 1, volume: 0.4, muted: false });
    await eventually(() => expect(calls).toContain('volume 0.4'));
    await settings.voice.set({ uri: 'another', rate: 1.5, volume: 0.4, muted: false });
    await settings.brain.set('companion');
    expect(calls.filter((call) => call === 'open')).toHaveLength(1);
  });
});
