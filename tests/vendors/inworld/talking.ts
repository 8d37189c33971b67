import { expect } from 'vitest';
import { createInworld } from '@/lib/providers/inworld/inworld';
import type { Limits } from '@/lib/providers/inworld/limits';
import type { Connection, InworldGrant, Opening, ProviderEvent } from '@/lib/session/provider';
import type { Scene } from '@/tests/emulators/inworld/account';
import type { InworldKnobs } from '@/tests/emulators/inworld/knobs';
import { until } from '@/tests/vendors/until';
import type { Vendor } from '@/tests/vendors/vendor';
import { grantFor } from './grant';

export type Gateway = Vendor<InworldKnobs>;
type EventOf<T extends ProviderEvent['type']> = Extract<ProviderEvent, { type: T }>;

/** A session with a character, and everything it told us. */
export interface Talking {
  readonly connection: Connection;
  readonly events: ProviderEvent[];
  readonly stage: HTMLElement;
  all<T extends ProviderEvent['type']>(type: T): EventOf<T>[];
  /** Waits for the first such event from `since` on. */
  first<T extends ProviderEvent['type']>(
    type: T,
    fits?: (event: EventOf<T>) => boolean,
    since?: number,
  ): Promise<EventOf<T>>;
  /** Asks, and waits for the whole answer. */
  answer(question: string, context?: Parameters<Connection['ask']>[1]): Promise<string>;
  end(): Promise<void>;
}

export interface Wish {
  readonly scene?: Scene;
  readonly grant?: Partial<InworldGrant>;
  readonly limits?: Partial<Limits>;
  readonly history?: Opening['history'];
  readonly resume?: string | null;
  readonly signal?: AbortSignal;
}

export async function talkTo(gateway: Gateway, wish: Wish = {}): Promise<Talking> {
  const events: ProviderEvent[] = [];
  const stage = document.createElement('div');
  document.body.append(stage);
  const connection = await createInworld({ limits: { ...wish.limits } }).open({
    grant: await grantFor(gateway.address, wish.scene, wish.grant),
    stage,
    history: wish.history ?? [],
    resume: wish.resume ?? null,
    signal: wish.signal ?? new AbortController().signal,
    emit: (event) => events.push(event),
  });
  const all = <T extends ProviderEvent['type']>(type: T) =>
    events.filter((event): event is EventOf<T> => event.type === type);
  const talking: Talking = {
    connection,
    events,
    stage,
    all,
    async first(type, fits = () => true, since = 0) {
      const found = () =>
        events
          .slice(since)
          .find(
            (event): event is EventOf<typeof type> =>
              event.type === type && fits(event as EventOf<typeof type>),
          );
      await until(`"${type}"`, () => found() !== undefined);
      const event = found();
      if (!event) throw new Error('It was there and is gone.');
      return event;
    },
    async answer(question, context = null) {
      const since = events.length;
      await connection.ask(question, context);
      const said = await talking.first(
        'said',
        ({ who, final, narrated }) => who === 'avatar' && final && narrated !== true,
        since,
      );
      return said.text;
    },
    async end() {
      await connection.close();
      stage.remove();
    },
  };
  return talking;
}

/** Looks at what the gateway was told until it is as it should be. */
export async function toldUntil<T>(
  gateway: Gateway,
  look: (told: readonly { what: string; body: unknown }[]) => T | undefined | false,
): Promise<T> {
  return expect
    .poll(async () => look(await gateway.told()), { timeout: 20_000, interval: 30 })
    .toBeTruthy()
    .then(async () => look(await gateway.told()) as T);
}

/** The gateway holds no socket any more. */
export async function deserted(gateway: Gateway): Promise<void> {
  await expect.poll(() => gateway.running(), { interval: 30 }).toEqual([]);
}
