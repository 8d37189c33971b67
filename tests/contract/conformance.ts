import { expect, it } from 'vitest';
import { isAppError } from '@/lib/errors';
import type { Connection, Grant, Provider, ProviderEvent } from '@/lib/session/provider';

/** A provider as the suite needs it: fresh for every test. */
export interface Subject {
  readonly provider: Provider;
  readonly grant: Grant;
  /** A question it answers with at least one word. */
  readonly question: string;
  /** Lets the provider's world go on until `done` holds; throws when it never does. */
  until(done: () => boolean): Promise<void>;
  /** What of the provider is still running: names of tracks, sockets, timers, utterances. */
  running(): readonly string[];
  dispose(): void | Promise<void>;
}

/**
 * What every provider keeps to. A vendor's adapter that passes this can be used by the panel
 * without a line of its own anywhere above `lib/providers/`.
 *
 * @param moments - ms after it began to open at which it is aborted too, for a provider whose
 *   opening takes real time.
 */
export function conforms(
  make: () => Subject | Promise<Subject>,
  { moments = [] }: { readonly moments?: readonly number[] } = {},
): void {
  const using = (name: string, test: (opened: Opened) => Promise<void>) => {
    it(name, async () => {
      const opened = prepare(await make());
      try {
        await test(opened);
      } finally {
        opened.controller.abort();
        await opened.subject.dispose();
        opened.stage.remove();
      }
    });
  };

  using('opens, and says its steps before it is open', async (opened) => {
    await opened.open();
    const early = opened.events.filter(({ type }) => !beforeItIsOpen.has(type));
    expect(early).toEqual([]);
  });

  using('answers: the text grows, is final once, and nothing of it comes after', async (opened) => {
    const connection = await opened.open();
    await connection.ask(opened.subject.question, null);
    await opened.subject.until(() => finals(opened.events).length > 0);
    const said = opened.events.filter((event) => event.type === 'said');
    const ids = new Set(said.map(({ id }) => id));
    for (const id of ids) {
      const own = said.filter((event) => event.id === id);
      expect(own.at(-1)?.final).toBe(true);
      expect(own.filter(({ final }) => final)).toHaveLength(1);
      expect(own.at(-1)?.text.length).toBeGreaterThan(0);
    }
  });

  using('says when it speaks and when it is silent again', async (opened) => {
    const connection = await opened.open();
    await connection.ask(opened.subject.question, null);
    await opened.subject.until(() => turnsOf(opened.events).length >= 2);
    expect(turnsOf(opened.events).slice(0, 2)).toEqual(['avatar', null]);
  });

  using('is silent at once when interrupted, and can be asked again', async (opened) => {
    const connection = await opened.open();
    if (!connection.interrupt) return;
    await connection.ask(opened.subject.question, null);
    await opened.subject.until(() => turnsOf(opened.events).includes('avatar'));
    await connection.interrupt();
    const before = opened.events.length;
    expect(turnsOf(opened.events).at(-1)).toBe(null);
    await connection.ask(opened.subject.question, null);
    await opened.subject.until(() => finals(opened.events.slice(before)).length > 0);
    const later = opened.events.slice(before).filter((event) => event.type === 'spoken');
    const stopped = new Set(finals(opened.events.slice(0, before)).map(({ id }) => id));
    expect(later.filter(({ id }) => stopped.has(id))).toEqual([]);
  });

  using('answers what is asked in the same breath as it is interrupted', async (opened) => {
    const connection = await opened.open();
    if (!connection.interrupt) return;
    await connection.ask(opened.subject.question, null);
    await opened.subject.until(() => turnsOf(opened.events).includes('avatar'));
    const before = opened.events.length;
    await Promise.all([connection.interrupt(), connection.ask(opened.subject.question, null)]);
    const since = () => opened.events.slice(before);
    await opened.subject.until(() => finals(since()).some(({ cut }) => cut !== true));
    await opened.subject.until(() => turnsOf(since()).includes('avatar'));
  });

  using('goes on in words while it is mute', async (opened) => {
    const connection = await opened.open();
    await connection.mute(true);
    await connection.ask(opened.subject.question, null);
    await opened.subject.until(() => finals(opened.events).length > 0);
    await connection.mute(false);
  });

  using('ends once and last, however often it is closed', async (opened) => {
    const connection = await opened.open();
    await connection.ask(opened.subject.question, null);
    await Promise.all([connection.close(), connection.close()]);
    await connection.close();
    expect(opened.events.filter(({ type }) => type === 'ended')).toHaveLength(1);
    expect(opened.events.at(-1)?.type).toBe('ended');
    expect(opened.subject.running()).toEqual([]);
  });

  using('leaves nothing behind when it is closed in mid-word', async (opened) => {
    const connection = await opened.open();
    await connection.ask(opened.subject.question, null);
    await opened.subject.until(() => turnsOf(opened.events).includes('avatar'));
    await connection.close();
    expect(turnsOf(opened.events).at(-1)).toBe(null);
    expect(opened.events.at(-1)?.type).toBe('ended');
    expect(opened.subject.running()).toEqual([]);
  });

  using('refuses a question after its end with an error of ours', async (opened) => {
    const connection = await opened.open();
    await connection.close();
    const refused: unknown = await connection
      .ask('Still there?', null)
      .catch((error: unknown) => error);
    expect(isAppError(refused)).toBe(true);
    expect(opened.events.at(-1)?.type).toBe('ended');
  });

  using('ends when the signal says so while it is live', async (opened) => {
    await opened.open();
    opened.controller.abort();
    await opened.subject.until(() => opened.events.at(-1)?.type === 'ended');
    expect(opened.events.filter(({ type }) => type === 'ended')).toHaveLength(1);
    expect(opened.subject.running()).toEqual([]);
  });

  /** Aborted after `pause`, it either never opened or ends; nothing of it is left. */
  const abortedAfter = async (pause: () => Promise<void>, atOnce: boolean) => {
    const opened = prepare(await make());
    if (atOnce) opened.controller.abort();
    const opening = opened.open().catch((error: unknown) => error);
    await pause();
    opened.controller.abort();
    const outcome = await opening;
    if (isAppError(outcome)) {
      expect(outcome.code).toBe('aborted');
      expect(opened.events.some(({ type }) => type === 'ended')).toBe(false);
    } else {
      await opened.subject.until(() => opened.events.at(-1)?.type === 'ended');
    }
    expect(opened.subject.running()).toEqual([]);
    await opened.subject.dispose();
    opened.stage.remove();
  };

  // Turns of the event loop after which it is aborted: enough to fall between any two steps.
  it.each([0, 1, 2, 3, 5, 8, 13])(
    'leaves nothing when aborted %i turns into opening',
    async (turns) => {
      const pause = async () => {
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      };
      await abortedAfter(pause, turns === 0);
    },
  );

  if (moments.length > 0) {
    it.each([...moments])('leaves nothing when aborted %i ms into opening', async (ms) => {
      const pause = () =>
        new Promise<void>((resolve) => {
          setTimeout(resolve, ms);
        });
      await abortedAfter(pause, false);
    });
  }
}

/** What may be told before it is open: how far it is, and what holds of it. */
const beforeItIsOpen: ReadonlySet<ProviderEvent['type']> = new Set<ProviderEvent['type']>([
  'progress',
  'voice',
  'video',
  'cast',
  'details',
  'resumable',
]);

interface Opened {
  readonly subject: Subject;
  readonly events: ProviderEvent[];
  readonly controller: AbortController;
  readonly stage: HTMLElement;
  readonly open: () => Promise<Connection>;
}

function prepare(subject: Subject): Opened {
  const events: ProviderEvent[] = [];
  const controller = new AbortController();
  const stage = document.createElement('div');
  document.body.append(stage);
  const open = () =>
    subject.provider.open({
      grant: subject.grant,
      stage,
      history: [],
      resume: null,
      signal: controller.signal,
      emit: (event) => events.push(event),
    });
  return { subject, events, controller, stage, open };
}

const finals = (events: readonly ProviderEvent[]) =>
  events.filter((event) => event.type === 'said').filter(({ final }) => final);

const turnsOf = (events: readonly ProviderEvent[]) =>
  events.filter((event) => event.type === 'speaking').map(({ who }) => who);
