// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render, type ComponentChild } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { AvatarChapter } from '@/components/options/AvatarChapter';
import { BrainChapter, type ModelState } from '@/components/options/BrainChapter';
import { DataChapter } from '@/components/options/DataChapter';
import { EarsChapter, type Plugged } from '@/components/options/EarsChapter';
import type { Kept } from '@/components/options/kept';
import { SightChapter } from '@/components/options/SightChapter';
import { VoiceChapter } from '@/components/options/VoiceChapter';
import { TryIt } from '@/components/welcome/TryIt';

let root: HTMLElement;
let did: unknown[];
beforeEach(() => {
  did = [];
  root?.remove();
  root = document.body.appendChild(document.createElement('div'));
});

const show = (view: ComponentChild) => void act(() => render(view, root));

/** A setting whose changes are noted down. */
function kept<T>(value: T): Kept<T> {
  return {
    value: signal(value),
    note: signal(null),
    change: (field, next) => did.push([field, next]),
    dispose: () => undefined,
  };
}

/** The control a reader would find by its name. */
function control(name: string): HTMLElement {
  const label = [...root.querySelectorAll('label, button, legend')].find((one) =>
    one.textContent?.includes(name),
  );
  const found =
    label instanceof HTMLLabelElement
      ? (label.querySelector('input, select') ?? document.getElementById(label.htmlFor))
      : label;
  if (!(found instanceof HTMLElement)) throw new Error(`There is nothing called “${name}”.`);
  return found;
}

const click = (name: string) => void act(() => control(name).click());

describe('the microphone', () => {
  const ears = { device: null, mode: 'hold', autoOff: 120, duplex: 'auto' } as const;
  const headset = { id: '2', label: 'Headset' };
  const chapter = (
    part: { plugged?: Plugged; device?: typeof headset; cloud?: string; canRoute?: boolean } = {},
  ) =>
    show(
      <EarsChapter
        ears={kept({ ...ears, device: part.device ?? null })}
        cloud={kept(part.cloud ?? null)}
        speaker={kept(null)}
        captions={kept('medium')}
        plugged={part.plugged ?? { microphones: [headset], speakers: [headset] }}
        canRoute={part.canRoute ?? true}
        onAllow={() => did.push('allow')}
      />,
    );
  const choose = (name: string, value: string) => {
    void act(() => {
      const select = control(name);
      if (!(select instanceof HTMLSelectElement)) throw new Error(`“${name}” is no list.`);
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
  };

  it('is chosen by its name, and remembered with it', () => {
    chapter();
    choose('Microphone', '2');
    expect(did).toEqual([['device', { ...ears, device: headset }]]);
  });

  it('plugged in later is there at once; pulled out it stays chosen', () => {
    chapter({ plugged: { microphones: [], speakers: [] }, device: headset });
    expect(root.textContent).toContain('Not plugged in: Headset');
    chapter({ device: headset });
    expect(root.textContent).not.toContain('Not plugged in');
  });

  it('without leave there are no names, and the way to them', () => {
    chapter({ plugged: { microphones: null, speakers: null } });
    click('Allow the microphone');
    expect(did).toEqual(['allow']);
  });

  it('how one talks, when it goes off, what it does meanwhile', () => {
    chapter();
    click('Press once');
    choose('Switch it off', '0');
    choose('While the avatar speaks', 'half');
    click('Large');
    expect(did).toEqual([
      ['mode', { ...ears, mode: 'open' }],
      ['autoOff', { ...ears, autoOff: 0 }],
      ['duplex', { ...ears, duplex: 'half' }],
      ['captions', 'large'],
    ]);
  });

  it('a company that may listen is named, and can be forgotten', () => {
    chapter({ cloud: 'Google' });
    expect(root.textContent).toContain('Google may turn what you say into words.');
    click('Take that back');
    expect(did).toEqual([['cloud', null]]);
  });

  it('where sound goes can be chosen only where the browser lets it', () => {
    chapter({ canRoute: false });
    expect(root.textContent).not.toContain('Where it is heard');
    chapter();
    choose('Where it is heard', '2');
    expect(did).toEqual([['speaker', headset]]);
  });
});

describe('the portrait', () => {
  const look = { skin: 'person', face: '#c98f6d', hair: '#2e2420', clothes: '#39465e' } as const;

  it('changes one part at a time', () => {
    show(
      <AvatarChapter look={kept(look)} mood={kept(false)}>
        portrait
      </AvatarChapter>,
    );
    click('Copper');
    click('A moon');
    expect(did).toEqual([
      ['hair', { ...look, hair: '#a5552f' }],
      ['skin', { ...look, skin: 'moon' }],
    ]);
  });

  it('a moon has neither hair nor clothes to choose', () => {
    show(
      <AvatarChapter look={kept({ ...look, skin: 'moon' })} mood={kept(false)}>
        portrait
      </AvatarChapter>,
    );
    expect(root.textContent).toContain('Surface');
    expect(root.textContent).not.toMatch(/Hair|Clothes/u);
  });

  it('a colour of the reader’s own is neither of ours', () => {
    show(
      <AvatarChapter look={kept({ ...look, hair: '#123456' })} mood={kept(false)}>
        portrait
      </AvatarChapter>,
    );
    expect(root.querySelectorAll('input[name=hair]:checked')).toHaveLength(0);
    expect(root.querySelectorAll('input[name=face]:checked')).toHaveLength(1);
  });
});

describe('the voice', () => {
  const voice = { uri: null, rate: 1, volume: 1, muted: false };
  const groups = [{ language: 'English', voices: [{ uri: 'a', name: 'Ann' }] }];
  const chapter = (props: Partial<Parameters<typeof VoiceChapter>[0]>) => (
    <VoiceChapter
      voice={kept(voice)}
      groups={groups}
      system="linux"
      onHear={() => did.push('hear')}
      {...props}
    />
  );

  it('can be heard', () => {
    show(chapter({}));
    click('Hear it');
    expect(did).toEqual(['hear']);
    expect(root.textContent).not.toContain('There is no voice');
  });

  it('where there is none, it says so and what to install', () => {
    show(chapter({ groups: [] }));
    expect(root.textContent).toMatch(/There is no voice on this computer.*speech-dispatcher/u);
    expect(control('Hear it')).toHaveProperty('disabled', true);
  });

  it('is not called missing while the browser still looks for some', () => {
    show(chapter({ groups: null }));
    expect(root.textContent).not.toContain('There is no voice');
  });

  it('one that was picked and is gone keeps its place in the list', () => {
    show(chapter({ voice: kept({ ...voice, uri: 'lost' }) }));
    expect(control('Voice')).toHaveProperty('value', 'lost');
    expect(root.textContent).toContain('not on this computer now');
  });
});

describe('the mind', () => {
  const chapter = (model: ModelState, choice: 'auto' | 'companion' = 'auto') => (
    <BrainChapter
      brain={kept<'auto' | 'companion'>(choice)}
      model={model}
      onDownload={() => did.push('download')}
      onCancel={() => did.push('cancel')}
    />
  );

  it.each<{ model: ModelState; says: string; offers: string | null }>([
    { model: 'available', says: 'It answers now', offers: null },
    { model: 'downloadable', says: 'about 22 GB of free space', offers: 'Download the model' },
    { model: 'downloading', says: 'already downloading', offers: null },
    { model: 'unavailable', says: 'The page companion answers', offers: null },
    { model: { progress: null }, says: 'Keep this page open', offers: 'Stop waiting' },
    { model: { progress: 0.42 }, says: '42 %', offers: 'Stop waiting' },
    { model: 'failed', says: 'did not succeed', offers: 'Download the model' },
  ])('with the model $model it says “$says”', ({ model, says, offers }) => {
    show(chapter(model));
    expect(root.textContent).toContain(says);
    expect(root.querySelector('button')?.textContent ?? null).toBe(offers);
  });

  it('downloads nothing without a click', () => {
    show(chapter('downloadable'));
    expect(did).toEqual([]);
    click('Download the model');
    expect(did).toEqual(['download']);
  });

  it('offers no model to one who wants the companion', () => {
    show(chapter('downloadable', 'companion'));
    expect(root.querySelector('button')).toBeNull();
  });
});

describe('what it may see', () => {
  const origin = 'https://nature.example';
  const rule = { rung: 'page', keepQuery: false } as const;
  const chapter = (everywhere = false) => (
    <SightChapter
      sites={[{ origin, rule, followed: false }]}
      everywhere={everywhere}
      note={null}
      onFollow={(...asked) => did.push(['follow', ...asked])}
      onFollowEverywhere={(follow) => did.push(['everywhere', follow])}
      onRule={(...changed) => did.push(['rule', ...changed])}
      onForget={(forgotten) => did.push(['forget', forgotten])}
    />
  );

  it('asks for a permission within the click itself', () => {
    show(chapter());
    void act(() => {
      control('Follow me here').click();
      expect(did).toEqual([['follow', origin, true]]);
      control('Follow me everywhere').click();
      expect(did[1]).toEqual(['everywhere', true]);
    });
  });

  it('changes and forgets the rule of one site', () => {
    show(chapter());
    const rung = control('Vis may know');
    if (rung instanceof HTMLSelectElement) rung.value = 'address';
    void act(() => void rung.dispatchEvent(new Event('change', { bubbles: true })));
    click('Keep what follows');
    click('Forget what you decided about nature.example');
    expect(did).toEqual([
      ['rule', origin, { ...rule, rung: 'address' }],
      ['rule', origin, { ...rule, keepQuery: true }],
      ['forget', origin],
    ]);
  });

  it('a site is not followed less while every site is', () => {
    show(chapter(true));
    expect(control('Follow me here')).toMatchObject({ checked: true, disabled: true });
  });
});

describe('the data', () => {
  const chapter = (messages: number | null) => (
    <DataChapter
      messages={messages}
      outcome={null}
      retention="forever"
      onRetention={(retention) => did.push(retention)}
      onImport={(file) => did.push(file.name)}
      onExport={(format) => did.push(format)}
      onErase={() => did.push('erase')}
    />
  );

  it('is kept as long as the reader wants', () => {
    show(chapter(3));
    expect(control('Until you delete them')).toMatchObject({ checked: true });
    click('Until the browser is closed');
    expect(did).toEqual(['session']);
  });

  it('is exported in two ways', () => {
    show(chapter(3));
    click('Markdown');
    click('JSON');
    expect(did).toEqual(['markdown', 'json']);
  });

  it('is erased only after a second word', () => {
    show(chapter(3));
    click('Erase everything…');
    expect(did).toEqual([]);
    const [, now] = [...root.querySelectorAll('dialog button')];
    if (now instanceof HTMLElement) now.click();
    expect(did).toEqual(['erase']);
  });

  it.each([
    { messages: 0, says: 'there are none now' },
    { messages: 1, says: 'the one message' },
    { messages: 34, says: '34 messages' },
    { messages: null, says: 'all conversations' },
  ])('is counted before it goes: $says', ({ messages, says }) => {
    show(chapter(messages));
    expect(root.querySelector('dialog')?.textContent).toContain(says);
  });
});

describe('trying it on the welcome page', () => {
  const text = () => root.querySelector('p')?.firstChild ?? root;
  const select = (node: Node, from: number, to: number) =>
    void act(() => {
      getSelection()?.setBaseAndExtent(node, from, node, to);
      document.dispatchEvent(new Event('selectionchange'));
    });

  it('is about the whole paragraph, or about the words selected in it', () => {
    show(<TryIt onTry={(words) => did.push(words)} />);
    click('Talk about this paragraph');
    select(text(), 0, 12);
    click('Talk about the selected words');
    expect(did).toEqual([text().textContent, 'In antiquity']);
  });

  it('words selected elsewhere do not count', () => {
    show(<TryIt onTry={(words) => did.push(words)} />);
    const heading = root.querySelector('h2')?.firstChild ?? root;
    select(heading, 0, 3);
    expect(root.querySelector('button')?.textContent).toBe('Talk about this paragraph');
  });
});
