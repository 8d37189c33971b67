import { signal } from '@preact/signals';
import { AppError } from '@/lib/errors';
import type { PageSight, PageWatch } from '@/lib/page/sight';
import { createSessionLock } from '@/lib/panel/lock';
import type { Panel } from '@/lib/panel/panel';
import { newSite } from '@/lib/settings';
import type { Script, Scripted } from '@/tests/contract/scripted';

/** A state that real use leaves too soon, or comes to too seldom, to be looked at. */
export interface Pose {
  /** What is in front; the article unless told. */
  readonly sight?: PageSight;
  /** The page changes while it is read. */
  readonly moved?: boolean;
  readonly script?: Script;
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
      await createSessionLock(() => undefined).take(true);
      await panel.open();
    },
  },
} satisfies Record<string, Pose>;

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
    read: async () => ({
      context: { url, title, language, selection, text: null },
      stamp: { url, title, icon, host: 'reef.example', rung: 'page' },
      moved,
    }),
    preview: async () => ({ text: '', size: '0 byte', bytes: 0, characters: 0 }),
    show: async () => 'shown',
    clear: () => undefined,
    dispose: () => undefined,
  };
}
