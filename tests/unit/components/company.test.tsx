import { signal } from '@preact/signals';
// @vitest-environment happy-dom
import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { Cards } from '@/components/panel/Cards';
import { CastSwitch } from '@/components/panel/CastSwitch';
import { Header } from '@/components/panel/Header';
import { Meeting } from '@/components/panel/Meeting';
import { Notice } from '@/components/panel/Notice';
import { Picker } from '@/components/panel/Picker';
import { Said } from '@/components/panel/Said';
import { Sheet } from '@/components/panel/Sheet';
import { Stage } from '@/components/panel/Stage';
import { vis } from '@/lib/avatar/avatar';
import { newSite } from '@/lib/settings';
import { nova, orion } from '@/tests/contract/company';
import { message } from '@/tests/unit/transcript/messages';
import { eventually } from '@/tests/unit/eventually';

let did: unknown[];
let root: HTMLElement;
beforeEach(() => {
  did = [];
  root?.remove();
  root = document.body.appendChild(document.createElement('div'));
});

const show = (view: ComponentChild) => void act(() => render(view, root));
const note = (...what: unknown[]) => void did.push(what.length === 1 ? what[0] : what);
const nothing = () => undefined;

function click(name: string | RegExp): void {
  const button = [...root.querySelectorAll('button')].find(({ textContent }) =>
    typeof name === 'string' ? textContent?.trim() === name : name.test(textContent ?? ''),
  );
  if (!button) throw new Error(`There is no button “${String(name)}”.`);
  void act(() => button.click());
}

const header = {
  name: 'Nova',
  mood: null,
  line: 'Listening',
  alive: true,
  onPick: null,
  clock: null,
  cost: signal(''),
  price: null,
  onFresh: nothing,
  onConversations: nothing,
  onSave: nothing,
  onSettings: nothing,
  onDiagnostics: nothing,
  onEnd: nothing,
};

describe('the header', () => {
  it('names who is there, and that it is an AI, whoever it is', () => {
    show(<Header {...header} />);
    expect(root.querySelector('h1')?.textContent).toMatch(/^Nova\s+AI$/u);
    expect(root.querySelector('abbr')?.title).toBe(
      'Nova is an artificial intelligence, not a person',
    );
    expect(root.textContent).toContain('Send Nova to sleep');
  });

  it('leads to whom else one could talk to, where there is somebody', () => {
    show(<Header {...header} />);
    expect(root.querySelector('[aria-haspopup]')).toBeNull();
    show(<Header {...header} onPick={() => note('pick')} />);
    click('Nova');
    click(/^Whom to talk to/u);
    expect(did).toEqual(['pick', 'pick']);
  });

  it('has a mood beside the name where it is wanted', () => {
    show(<Header {...header} mood="glad" />);
    expect(root.querySelector('h1')?.textContent).toContain('glad');
  });
});

describe('the picker', () => {
  const picker = {
    avatars: [vis(), nova, orion],
    current: nova,
    onChoose: note,
    onSettings: () => note('settings'),
    onClose: nothing,
  };

  it('shows everybody, who runs them and what they cost, and who is there now', () => {
    show(<Picker {...picker} />);
    const [first, second] = root.querySelectorAll('li');
    expect(first?.textContent).toContain('Lives on this computer');
    expect(second?.textContent).toContain('Soul Machines, run by Example Library');
    expect(second?.textContent).toContain('0.10 € a minute');
    expect(root.querySelector('[aria-pressed=true]')?.textContent).toMatch(/^Nova/u);
  });

  it('chooses within the click, and never whom one has already', () => {
    show(<Picker {...picker} />);
    click(/^Orion/u);
    click(/^Nova/u);
    click('More in the settings');
    expect(did).toEqual([orion, 'settings']);
  });
});

describe('before the first word', () => {
  it('says whose avatar it is, where words go, in their words, and asks', () => {
    const introduction = {
      avatar: nova,
      service: 'Example Library',
      disclosure: 'We keep it for a week.',
      privacy: 'https://library.example/privacy',
    };
    show(
      <Meeting
        introduction={introduction}
        onAgree={() => note('agree')}
        onStay={() => note('stay')}
      />,
    );
    expect(root.textContent).toContain('Nova comes from a service run by Example Library.');
    expect(root.textContent).toContain('What you ask goes to Nova');
    expect(root.querySelector('blockquote')?.textContent).toBe('We keep it for a week.');
    expect(root.querySelector('a')?.href).toBe('https://library.example/privacy');
    click('Talk to Nova');
    click('Stay with Vis');
    expect(did).toEqual(['agree', 'stay']);
  });
});

describe('cards', () => {
  it('load nothing of others: pictures are links, and links name their host', () => {
    show(
      <Cards
        cards={[
          { kind: 'image', url: 'https://pictures.example/a.jpg', alt: 'The wall' },
          { kind: 'link', url: 'https://library.example/b', title: '<img src=x>', text: null },
        ]}
        onAsk={note}
      />,
    );
    expect(root.querySelectorAll('img, iframe, video, link, object')).toHaveLength(0);
    const [picture, link] = root.querySelectorAll('a');
    expect(picture?.textContent).toContain('pictures.example');
    expect(picture?.rel).toBe('noopener noreferrer');
    expect(link?.textContent).toContain('<img src=x>');
  });

  it('an option asks what it stands for', () => {
    const options = [{ label: 'Hours', value: 'When are you open?' }];
    show(<Cards cards={[{ kind: 'options', options }]} onAsk={note} />);
    click('Hours');
    expect(did).toEqual(['When are you open?']);
  });
});

describe('what was said', () => {
  const said = {
    pageBefore: null,
    onAsk: note,
    onQuote: nothing,
    onCopy: nothing,
    onRemove: nothing,
  };

  it('stands under the name its avatar had then', () => {
    show(<Said {...said} message={message({ who: 'avatar', by: 'Nova' })} />);
    expect(root.querySelector('.said-who')?.textContent).toBe('Nova');
    show(<Said {...said} message={message({ who: 'avatar' })} />);
    expect(root.querySelector('.said-who')?.textContent).toBe('Vis');
  });

  it('has what the avatar used of the page, and what it was not given', () => {
    const looks = [
      { tool: 'find_in_page', about: 'corals', refused: false },
      { tool: 'read_selection', about: null, refused: true },
    ] as const;
    show(<Said {...said} message={message({ who: 'avatar', by: 'Nova', text: '', looks })} />);
    expect([...root.querySelectorAll('.said-look')].map(({ textContent }) => textContent)).toEqual([
      'Nova looked for “corals”.',
      'Nova wanted the words you selected. You do not share them.',
    ]);
    expect(root.querySelector<HTMLElement>('.said-text')?.hidden).toBe(true);
  });
});

describe('several in one scene', () => {
  it('the one who speaks is marked, and another can be asked to', () => {
    const members = [
      { id: 'n', name: 'Nova' },
      { id: 'k', name: 'The keeper' },
    ];
    show(<CastSwitch cast={{ members, current: 'n' }} onCast={note} />);
    expect(root.querySelector('legend')?.textContent).toBe('Who speaks');
    expect(root.querySelector('[aria-pressed=true]')?.textContent).toBe('Nova');
    click('The keeper');
    expect(did).toEqual(['k']);
  });
});

describe('a notice', () => {
  it('has one button that mends it, and a quiet way round', () => {
    const notice = {
      text: 'Nova is taken.',
      action: { label: 'Try again', run: () => note('again') },
      instead: { label: 'Talk to Vis meanwhile', run: () => note('vis') },
    };
    show(<Notice notice={notice} onDismiss={nothing} />);
    expect(root.querySelectorAll('.notice-action')).toHaveLength(1);
    click('Try again');
    click('Talk to Vis meanwhile');
    expect(did).toEqual(['again', 'vis']);
  });
});

describe('the sheet', () => {
  const sheet = {
    preview: async () => ({ text: 'Address', size: '7 byte', bytes: 7, characters: 7 }),
    onRung: nothing,
    onKeepQuery: nothing,
    onFollowSite: nothing,
    onFollowEverywhere: nothing,
    onUnfollow: nothing,
    onClose: nothing,
  };
  const sight = {
    kind: 'page',
    tabId: 1,
    url: 'https://reef.example/wall',
    title: 'The wall',
    icon: null,
    access: 'asked',
    rule: newSite,
    language: 'en',
    selection: null,
  } as const;

  it('says to whom a question goes, and who sets the limit', async () => {
    const limit = {
      highest: 'address',
      locked: false,
      by: 'Example Library',
      avatar: 'Nova',
    } as const;
    await act(async () =>
      render(<Sheet {...sheet} avatar={nova} sight={{ ...sight, limit }} />, root),
    );
    expect(root.textContent).toContain('What Nova may know');
    await eventually(() => expect(root.querySelector('.sent')).not.toBeNull());
    expect(root.textContent).toContain('It goes to Nova at Example Library.');
    expect(root.textContent).toContain('Example Library, who run it, let Nova know this much');
  });

  it('says that with Vis it stays', async () => {
    await act(async () => render(<Sheet {...sheet} avatar={vis()} sight={sight} />, root));
    await eventually(() => expect(root.querySelector('.sent')).not.toBeNull());
    expect(root.textContent).toContain('It stays on this computer.');
  });
});

describe('the stage', () => {
  const stage = {
    small: false,
    speaking: false,
    canStop: false,
    muted: false,
    blocked: false,
    asleep: false,
    name: 'Nova',
    video: 'none' as const,
    offline: false,
    onCancel: null,
    onPopIn: null,
    onPopOut: null,
    onStop: nothing,
    onMute: nothing,
    onWake: nothing,
    onGrow: nothing,
    onRoom: nothing,
  };

  it('a vendor’s picture goes over the portrait and is told in no other way', async () => {
    const place = document.createElement('div');
    await act(async () =>
      render(
        <Stage {...stage} stage={place} video="shown">
          <p>Portrait</p>
        </Stage>,
        root,
      ),
    );
    expect(root.querySelector('.stage-frame')?.lastElementChild).toBe(place);
    expect(place.dataset['video']).toBe('shown');
    expect(place.ariaHidden).toBe('true');
  });

  it('a picture that stands still has a word', async () => {
    const place = document.createElement('div');
    const view = (
      <Stage {...stage} stage={place} video="stalled">
        <p>Portrait</p>
      </Stage>
    );
    await act(async () => render(view, root));
    expect(root.querySelector('output')?.textContent).toContain('The picture has stopped');
  });

  it('while there is no network, a picture that stands still is no wonder', async () => {
    const view = (
      <Stage {...stage} stage={document.createElement('div')} video="stalled" offline>
        <p>Portrait</p>
      </Stage>
    );
    await act(async () => render(view, root));
    expect(root.querySelector('output')?.textContent).toContain('as soon as there is a network');
  });

  it('whoever waits for it can stop waiting', async () => {
    const place = document.createElement('div');
    const view = (
      <Stage {...stage} stage={place} onCancel={() => note('cancel')}>
        <p>Portrait</p>
      </Stage>
    );
    await act(async () => render(view, root));
    click('Stop looking');
    expect(did).toEqual(['cancel']);
  });
});
