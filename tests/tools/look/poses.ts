import { signal } from '@preact/signals';
import { Troubled } from '@/lib/broker/trouble';
import type { Choice } from '@/lib/avatar/choice';
import { AppError } from '@/lib/errors';
import type { PageSight, PageWatch } from '@/lib/page/sight';
import { createSessionLock } from '@/lib/panel/lock';
import type { Panel } from '@/lib/panel/panel';
import type { Opening } from '@/lib/session/provider';
import { idleMinutes, moodShown, newSite } from '@/lib/settings';
import { companyOf } from '@/tests/contract/company';
import type { PosedEars } from '@/tests/tools/look/ears';
import type { Script, Scripted } from '@/tests/contract/scripted';

/** A state that real use leaves too soon, or comes to too seldom, to be looked at. */
export interface Pose {
  /** What is in front; the article unless told. */
  readonly sight?: PageSight;
  /** The page changes while it is read. */
  readonly moved?: boolean;
  readonly script?: Script;
  /** A microphone; none unless told. */
  readonly ears?: PosedEars;
  /** Who there is to talk to; nobody but Vis unless told. */
  readonly choice?: Choice;
  /** The way there, from a panel that is only drawn yet. May never resolve. */
  readonly reach: (panel: Panel, provider: Scripted) => Promise<void> | void;
}

const question = 'What does it say about the fish that sleep there?';

export const poses = {
  asleep: { reach: () => undefined },
  connecting: {
    script: {
      open: ({ emit }) => {
        emit({ type: 'progress', step: 'connecting', percent: null });
        return new Promise(() => undefined);
      },
    },
    reach: (panel) => panel.open(),
  },
  thinking: {
    script: { ask: () => undefined },
    reach: async (panel) => {
      await panel.open();
      await panel.ask(question);
    },
  },
  reconnecting: {
    script: { ask: () => undefined },
    reach: async (panel, { emit }) => {
      await panel.open();
      await panel.ask(question);
      emit({ type: 'dropped' });
    },
  },
  error: {
    script: {
      open: () => {
        throw new AppError('provider_failed');
      },
    },
    reach: (panel) => panel.open(),
  },
  'no-page': { sight: { kind: 'unasked', tabId: 1 }, reach: (panel) => panel.open() },
  'moved-on': {
    moved: true,
    script: {
      ask: (_, emit) => {
        const text = 'Here is what it says: “The parrotfish spin themselves sleeping bags.”';
        emit({ type: 'said', id: 'answer', who: 'avatar', text, final: true });
      },
    },
    reach: async (panel) => {
      await panel.open();
      await panel.ask(question);
    },
  },
  'other-window': {
    reach: async (panel) => {
      await createSessionLock({ lost: async () => undefined }).take(true);
      await panel.open();
    },
  },
  'ears-off': { ears: {}, script: { hear: () => undefined }, reach: (panel) => panel.open() },
  'ears-asking': {
    ears: { leave: 'prompt' },
    script: { hear: () => undefined },
    reach: listen,
  },
  'ears-ready': { ears: {}, script: { hear: () => undefined }, reach: listen },
  'ears-hearing': {
    ears: { level: 0.7 },
    script: { hear: () => undefined },
    reach: async (panel, { emit }) => {
      await listen(panel);
      const text = 'What does it say about the fish';
      emit({ type: 'said', id: 'mine', who: 'reader', text, final: false });
    },
  },
  'ears-thinking': {
    ears: {},
    script: { hear: () => undefined, ask: () => undefined },
    reach: async (panel) => {
      await listen(panel);
      await panel.ask(question);
    },
  },
  'ears-denied': {
    ears: { leave: 'denied' },
    script: { hear: () => undefined },
    reach: listen,
  },
  'ears-consent': { ears: { place: 'download' }, reach: listen },
  'vendor-connecting': {
    choice: companyOf(),
    script: {
      open: ({ emit }) => {
        emit({ type: 'progress', step: 'connecting', percent: null });
        return new Promise(() => undefined);
      },
    },
    reach: (panel) => panel.open(),
  },
  'vendor-slow': {
    choice: companyOf(),
    script: {
      open: ({ emit }) => {
        emit({ type: 'progress', step: 'preparing', percent: 40 });
        return new Promise(() => undefined);
      },
    },
    reach: (panel) => panel.open(),
  },
  'vendor-meeting': {
    choice: companyOf({
      introduction: {
        service: 'Example Library',
        disclosure:
          'Nova is a digital human of the Example Library. What you ask is kept for 30 days to improve the service.',
        privacy: 'https://library.example/privacy',
      },
    }),
    reach: (panel) => panel.open(),
  },
  'vendor-live': {
    choice: companyOf(),
    script: { open: withPicture, ask: () => undefined, cast: () => undefined },
    reach: async (panel, { emit }) => {
      await panel.open();
      await panel.ask(question);
      emit({
        type: 'said',
        id: 'a',
        who: 'avatar',
        text: 'The parrotfish spin themselves a sleeping bag each night.',
        final: true,
      });
      emit({ type: 'speaking', who: 'avatar' });
      emit({ type: 'spoken', id: 'a', from: 4, to: 14 });
    },
  },
  'vendor-cards': {
    choice: companyOf(),
    script: { open: withPicture, ask: () => undefined },
    reach: async (panel, { emit }) => {
      await panel.open();
      await panel.ask('What else is there about reefs?');
      const id = 'a';
      emit({
        type: 'looked',
        id,
        at: { tool: 'find_in_page', about: 'coral bleaching', refused: false },
      });
      emit({ type: 'looked', id, at: { tool: 'read_page', about: null, refused: true } });
      emit({ type: 'said', id, who: 'avatar', text: 'Three things in our house.', final: true });
      emit({
        type: 'card',
        id,
        card: {
          kind: 'text',
          title: 'Reading room',
          text: 'Shelf 14, on the left, under “Oceans”.',
        },
      });
      emit({
        type: 'card',
        id,
        card: {
          kind: 'link',
          url: 'https://catalogue.library.example/reefs',
          title: 'The catalogue on reefs',
          text: '212 titles, 40 of them for children.',
        },
      });
      emit({
        type: 'card',
        id,
        card: {
          kind: 'image',
          url: 'https://pictures.example/wall.jpg',
          alt: 'The wall at nine metres',
        },
      });
      emit({
        type: 'card',
        id,
        card: {
          kind: 'options',
          options: [
            { label: 'Opening hours', value: 'When are you open?' },
            { label: 'Is it on loan?', value: 'Is it on loan?' },
          ],
        },
      });
      emit({
        type: 'said',
        id: 'b',
        who: 'avatar',
        text: 'She nods towards the shelf.',
        final: true,
        narrated: true,
      });
    },
  },
  'vendor-cast': {
    choice: companyOf(),
    script: { open: withPicture, cast: () => undefined },
    reach: async (panel, { emit }) => {
      await panel.open();
      emit({
        type: 'cast',
        members: [
          { id: 'n', name: 'Nova' },
          { id: 'k', name: 'The keeper' },
          { id: 'w', name: 'Old Wim' },
        ],
        current: 'k',
      });
    },
  },
  'vendor-stalled': {
    choice: companyOf(),
    script: { open: withPicture },
    reach: async (panel, { emit }) => {
      await panel.open();
      emit({ type: 'video', state: 'stalled' });
    },
  },
  'vendor-limited': {
    choice: companyOf(),
    sight: {
      kind: 'page',
      tabId: 1,
      url: 'https://reef.example/wall',
      title: 'The Wall That Breathes',
      icon: null,
      language: 'en',
      selection: null,
      access: 'site',
      rule: { rung: 'selection', keepQuery: false },
      limit: { highest: 'selection', locked: false, by: 'Example Library', avatar: 'Nova' },
    },
    script: { open: withPicture },
    reach: (panel) => panel.open(),
  },
  'vendor-idle': {
    choice: companyOf(),
    script: { open: withPicture },
    reach: async (panel) => {
      await idleMinutes.set(1);
      await panel.open();
    },
  },
  'vendor-left': {
    choice: companyOf(),
    script: { open: withPicture, ask: () => undefined },
    reach: async (panel, { emit }) => {
      await panel.open();
      await panel.ask(question);
      emit({ type: 'said', id: 'a', who: 'avatar', text: 'In sleeping bags.', final: true });
      await panel.session.end('idle');
    },
  },
  'vendor-offline': {
    choice: companyOf(),
    script: { open: withPicture, ask: () => undefined },
    reach: async (panel, { emit }) => {
      await panel.open();
      await panel.ask(question);
      Object.defineProperty(navigator, 'onLine', { value: false });
      dispatchEvent(new Event('offline'));
      emit({ type: 'ended', ending: { by: 'error', error: new AppError('vendor_lost') } });
    },
  },
  'vendor-offer': { choice: companyOf(), reach: (panel) => panel.open(true) },
  'vendor-failed': {
    choice: companyOf(),
    script: {
      open: () => {
        throw new AppError('vendor_media');
      },
    },
    reach: (panel) => panel.open(),
  },
  'vendor-limit': {
    choice: companyOf(),
    script: {
      open: () => {
        throw new Troubled({
          code: 'concurrency_limit',
          sessions: [
            {
              provider: 'soul-machines',
              persona: 'nova',
              session: 'other-session-1234',
              started_at: '2026-11-21T10:00:00Z',
              ends_at: '2026-11-21T10:30:00Z',
            },
          ],
        });
      },
    },
    reach: (panel) => panel.open(),
  },
  'vendor-mood': {
    choice: companyOf(),
    reach: async (panel, { emit }) => {
      await moodShown.set(true);
      await panel.open();
      emit({ type: 'emotion', emotion: 'joy' });
    },
  },
  'vendor-lost': {
    choice: companyOf(),
    script: { open: once() },
    reach: async (panel, { emit }) => {
      await panel.open();
      emit({ type: 'ended', ending: { by: 'error', error: new AppError('vendor_lost') } });
    },
  },
  'vendor-stood-in': {
    choice: companyOf(),
    reach: async (panel) => {
      await panel.open();
      await panel.standIn();
    },
  },
  'vendor-picker': {
    choice: companyOf(),
    script: { open: withPicture },
    reach: async (panel) => {
      await panel.open();
      panel.picking.value = true;
    },
  },
} satisfies Record<string, Pose>;

async function listen(panel: Panel): Promise<void> {
  await panel.open();
  panel.listening?.toggle();
}

/** A picture like a vendor's: wide, and larger than its frame. */
function withPicture({ stage, emit }: Opening): void {
  const picture = document.createElement('canvas');
  picture.width = 1280;
  picture.height = 720;
  const paint = picture.getContext('2d');
  if (!paint) throw new Error('There is nothing to paint on.');
  const sky = paint.createLinearGradient(0, 0, 1280, 720);
  sky.addColorStop(0, '#8fb0b8');
  sky.addColorStop(1, '#3d5166');
  paint.fillStyle = sky;
  paint.fillRect(0, 0, 1280, 720);
  paint.fillStyle = '#27323d';
  paint.beginPath();
  paint.ellipse(640, 760, 300, 260, 0, 0, Math.PI * 2);
  paint.fill();
  paint.fillStyle = '#d9b08c';
  paint.beginPath();
  paint.ellipse(640, 330, 130, 170, 0, 0, Math.PI * 2);
  paint.fill();
  stage.replaceChildren(picture);
  emit({ type: 'video', state: 'shown' });
}

/** Opens once and never again. */
function once(): NonNullable<Script['open']> {
  let opened = false;
  return (opening) => {
    if (opened) throw new AppError('vendor_lost');
    opened = true;
    withPicture(opening);
    return undefined;
  };
}

const article = {
  url: 'https://reef.example/wall',
  title: 'The Wall That Breathes',
  icon: null,
  language: 'en',
  selection: null,
};

/** A page that is in front and stays there. */
export function pageInFront({ sight, moved = false }: Pose): PageWatch {
  const shown: PageSight = sight ?? {
    ...article,
    kind: 'page',
    tabId: 1,
    access: 'asked',
    rule: newSite,
  };
  const { url, title, icon, language, selection } = article;
  return {
    sight: signal(shown),
    marked: signal(null),
    ready: Promise.resolve(),
    invited: async () => undefined,
    offer: () => undefined,
    dismiss: () => undefined,
    prepare: async () => undefined,
    read: async () => ({
      context: { url, title, language, selection, text: null },
      stamp: { url, title, icon, host: 'reef.example', rung: 'page' },
      moved,
    }),
    standing: () => null,
    preview: async () => ({ text: '', size: '0 byte', bytes: 0, characters: 0 }),
    show: async () => 'shown',
    clear: () => undefined,
    dispose: () => undefined,
  };
}
