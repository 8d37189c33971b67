import { createSession } from 'perso-interactive-sdk-web/client';
import { createPerso } from '@/lib/providers/perso/perso';
import type { Limits } from '@/lib/providers/perso/limits';
import type { PageContext } from '@/lib/page/page';
import type { Connection, Opening, PersoGrant, ProviderEvent } from '@/lib/session/provider';
import { grantFor, type Perso } from '@/tests/vendors/perso/perso';

/** One opening as a test needs it: what happens is kept. */
export interface Sitting {
  readonly connection: Connection;
  readonly events: ProviderEvent[];
  readonly stage: HTMLElement;
  ask(question: string, context?: PageContext | null): Promise<void>;
  /** The first event of that kind from now on that also holds. */
  next<T extends ProviderEvent['type']>(
    type: T,
    holds?: (event: Extract<ProviderEvent, { type: T }>) => boolean,
  ): Promise<Extract<ProviderEvent, { type: T }>>;
}

export interface Seat {
  readonly grant?: Partial<PersoGrant>;
  readonly history?: Opening['history'];
  readonly events?: ProviderEvent[];
  readonly limits?: Partial<Limits>;
  readonly controller?: AbortController;
  readonly join?: typeof createSession;
}

/** As the vendor's own client does: nobody can call it off, and it takes no relays of ours. */
export const joinAsTheVendor: typeof createSession = ({
  sessionId,
  width,
  height,
  clientTools,
  apiServer = '',
}) => createSession({ sessionId, width, height, clientTools, apiServer });

/** Opens a session there. */
export async function sit(
  perso: Perso,
  { grant, history = [], events = [], limits, controller = new AbortController(), join }: Seat = {},
): Promise<Sitting> {
  const stage = document.createElement('div');
  stage.style.cssText = 'width: 320px; height: 240px';
  document.body.append(stage);
  const listeners = new Set<(event: ProviderEvent) => void>();
  const connection = await createPerso({ rest: 100, ...limits }, join).open({
    grant: await grantFor(perso, grant),
    stage,
    history,
    resume: null,
    signal: controller.signal,
    emit(event) {
      events.push(event);
      for (const listener of listeners) listener(event);
    },
  });
  return {
    connection,
    events,
    stage,
    ask: (question, context = null) => connection.ask(question, context),
    next: (type, holds = () => true) =>
      new Promise((resolve, reject) => {
        const isIt = (
          event: ProviderEvent,
        ): event is Extract<ProviderEvent, { type: typeof type }> => event.type === type;
        const listener = (event: ProviderEvent) => {
          if (!isIt(event) || !holds(event)) return;
          clearTimeout(late);
          listeners.delete(listener);
          resolve(event);
        };
        const late = setTimeout(() => {
          listeners.delete(listener);
          reject(new Error(`It never came to an event “${type}”.`));
        }, 15_000);
        listeners.add(listener);
      }),
  };
}

/** The last words of an answer. */
export function answerIn(events: readonly ProviderEvent[]): string {
  const said = events
    .filter((event) => event.type === 'said')
    .filter(({ who }) => who === 'avatar');
  return said.at(-1)?.text ?? '';
}

export const reef: PageContext = {
  url: 'https://example.com/reef',
  title: 'Life on a reef',
  language: 'en',
  selection: { text: 'polyps build skeletons', before: 'Tiny', after: 'of lime' },
  text: {
    sections: [
      {
        heading: 'Corals',
        level: 2,
        text: 'Corals are animals.\n\nTiny polyps build skeletons of lime.',
      },
      { heading: 'Fish', level: 2, text: 'The parrotfish eats stone and leaves sand.' },
    ],
    length: 100,
    omitted: 0,
  },
};
