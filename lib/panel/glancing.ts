import { effect, type ReadonlySignal } from '@preact/signals';
import { glanceOf } from '@/lib/page/glance';
import type { PageWatch } from '@/lib/page/sight';
import type { Session } from '@/lib/session/session';

export interface GlancingOptions {
  readonly page: PageWatch;
  readonly session: Session;
  /** Whether the avatar lives elsewhere: the one on this device is told with each question. */
  readonly abroad: ReadonlySignal<boolean>;
}

/** Tells an avatar which page is in front, as far as the reader lets it follow. */
export interface Glancing {
  /** The reader begins to speak: that is asking, so the page is read as for a question. */
  onset(): void;
  dispose(): void;
}

/** Quiet after a change of page or selection before it is told, ms: a reader moving on is no news. */
const pause = 800;

export function createGlancing({ page, session, abroad }: GlancingOptions): Glancing {
  let told = '';
  let timer: ReturnType<typeof setTimeout> | undefined;

  const canLook = () =>
    abroad.value && session.state.value.status === 'live' && session.abilities.value.look;

  const stop = effect(() => {
    clearTimeout(timer);
    if (!canLook()) {
      told = '';
      return;
    }
    const context = glanceOf(page.sight.value);
    const news = JSON.stringify(context);
    if (!context || news === told) return;
    timer = setTimeout(() => {
      told = news;
      // What it does not get to see now it is shown with the next question.
      void session.look(context).catch(() => undefined);
    }, pause);
  });

  return {
    onset() {
      if (!abroad.peek() || !session.abilities.peek().look) return;
      void page
        .read()
        .then(({ context }) => context && session.look(context))
        .catch(() => undefined);
    },
    dispose() {
      clearTimeout(timer);
      stop();
    },
  };
}
