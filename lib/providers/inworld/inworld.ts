import type { InworldPacket } from '@inworld/web-core';
import { version } from '@inworld/web-core/package.json';
import { AppError, toAppError } from '@/lib/errors';
import {
  isFor,
  type Connection,
  type Ending,
  type OpeningOf,
  type Provider,
  type ProviderEvent,
} from '@/lib/session/provider';
import { realTiming, type Timing } from '@/lib/session/timing';
import { createCast } from './cast';
import { questionAtMost } from './context';
import { usualLimits, type Limits } from './limits';
import { openLine, type Line } from './line';
import { createListening } from './listening';
import { createMemory } from './memory';
import { createPoster } from './poster';
import { tellWhetherHeard } from './sound';
import { createTalk } from './talk';
import { createTelling } from './telling';

export interface InworldOptions {
  readonly timing?: Timing;
  readonly limits?: Partial<Limits>;
}

/** Characters of Inworld: a voice, phonemes and feelings from there; the face is our own. */
export function createInworld({ timing = realTiming, limits }: InworldOptions = {}): Provider {
  return {
    async open(opening) {
      if (!isFor(opening, 'inworld')) throw new AppError('provider_failed');
      if (opening.signal.aborted) throw new AppError('aborted');
      return connect(opening, timing, { ...usualLimits, ...limits });
    },
  };
}

async function connect(
  opening: OpeningOf<'inworld'>,
  timing: Timing,
  limits: Limits,
): Promise<Connection> {
  const { grant, stage, signal } = opening;
  let line: Line | null = null;
  let over = false;
  let ending: Promise<void> | null = null;
  /** It was closed, not lost. */
  let left = false;
  let language = grant.language;
  /** Rises with every question and every interruption: what began before is out of date. */
  let turn = 0;
  /** Questions are put one after the other. */
  let asking: Promise<void> = Promise.resolve();
  /** What we send goes before a question: answers to it are not wanted. */
  let accompanying = false;
  let stopTelling = () => {};

  const emit = (event: ProviderEvent) => {
    if (!over) opening.emit(event);
  };

  const talk = createTalk({
    emit,
    timing,
    limits,
    sound: () => line?.sound ?? null,
    playing: () => line?.playing === true,
    language: () => language,
    settled: () => {
      line?.forgetHeard();
      void telling.release();
      void memory.keep();
    },
    abandoned: (id) => void line?.silence([id]).catch(() => undefined),
  });

  const telling = createTelling(
    {
      taken: () => talk.speaking || line?.awake !== true,
      trigger: async ({ name, parameters }) => {
        await line?.[accompanying ? 'send' : 'mention']((to) =>
          to.sendTrigger(name, { parameters: [...parameters] }).then(forgetSent),
        );
      },
      narrate: async (text) => {
        await line?.send((to) => to.sendNarratedAction(text).then(forgetSent));
      },
    },
    timing,
  );

  const listening = createListening({
    send: async (message) => line?.send(message),
    mention: async (message) => line?.mention(message),
    began: async () => {
      await hush();
      memory.outdate();
      await telling.release();
    },
    ended: () => {
      if (!talk.speaking) talk.expect(null);
    },
    failed: (thrown) => void lose(toAppError(thrown, 'vendor_lost')),
  });

  const poster = createPoster(stage);
  const cast = createCast({ emit, poster, changed: () => telling.forget() });
  const memory = createMemory({ emit, ask: async () => (await line?.state()) ?? null });

  /** The service may pass over it without a word; it must not be sent again with every reconnect. */
  function forgetSent(packet: InworldPacket | undefined): void {
    const id = packet?.packetId.interactionId;
    if (id !== undefined) line?.forgetSent(id);
  }

  async function hush(): Promise<void> {
    turn += 1;
    const ids = talk.cut();
    await line?.silence(ids).catch(() => undefined);
  }

  /** The line is gone or of no use; whoever holds the session opens another. */
  async function lose(error: AppError): Promise<void> {
    await end({ by: 'error', error });
  }

  function end(how: Ending): Promise<void> {
    ending ??= (async () => {
      left = how.by !== 'error';
      turn += 1;
      listening.reset();
      listening.hear(null);
      talk.close();
      telling.stop();
      poster.remove();
      stopTelling();
      signal.removeEventListener('abort', abort);
      await line?.close();
      emit({ type: 'ended', ending: how });
      over = true;
    })();
    return ending;
  }
  const abort = () => void end({ by: 'user' });

  emit({ type: 'progress', step: 'connecting', percent: null });
  line = await openLine({
    opening,
    timing,
    limits,
    hearing: {
      message(packet) {
        if (ending) return;
        if (!packet.isSceneMutationResponse()) talk.take(packet);
        else if (line) void cast.meet(line).catch(() => undefined);
      },
      sending(kind, interactionId) {
        if (kind === 'context') {
          if (accompanying) line?.unwanted(interactionId);
          return;
        }
        accompanying = false;
        // A second time under another id: the SDK asks again after a reconnect.
        if (talk.busy) void line?.silence(talk.cut()).catch(() => undefined);
        talk.expect(interactionId);
      },
      beginsPlaying(packet) {
        if (!ending) talk.beginsPlaying(packet);
      },
      endsPlaying(packet) {
        if (!ending) talk.endsPlaying(packet);
      },
      playedAll() {
        if (!ending) talk.playedAll();
      },
      interrupted() {
        if (!ending) void hush();
      },
      dropped() {
        if (ending) return;
        const lost = talk.busy || listening.open;
        listening.reset();
        // In a quiet moment it is the vendor's way to save a socket: the next question opens another.
        if (lost) void lose(new AppError('vendor_lost'));
      },
      recovering() {
        if (listening.open) void lose(new AppError('vendor_lost'));
        else if (talk.busy) {
          void line?.drop(talk.cut()).catch(() => undefined);
          talk.expect(null);
        }
      },
      failed(error) {
        listening.reset();
        if (error) {
          void lose(error);
          return;
        }
        if (!talk.busy) return;
        talk.cut();
        emit({ type: 'failed', error: new AppError('vendor_answer') });
      },
      preparing: () => {
        if (!line) emit({ type: 'progress', step: 'preparing', percent: null });
      },
    },
  });
  const opened = line;

  try {
    await cast.meet(opened);
    if (signal.aborted) throw new AppError('aborted');
    if (cast.size === 0) throw new AppError('vendor_unknown');
  } catch (thrown) {
    poster.remove();
    await opened.close();
    throw thrown;
  }
  signal.addEventListener('abort', abort, { once: true });
  opened.mute(grant.muted);
  opened.sound.volume(grant.volume);
  stopTelling = tellWhetherHeard(opened.sound, emit, () => talk.unblocked());
  emit({
    type: 'details',
    details: { 'web-core': version, gateway: grant.gateway.hostname, scene: grant.scene },
  });

  async function put(question: string, context: Parameters<Connection['ask']>[1]): Promise<void> {
    await hush();
    const mine = turn;
    language = context?.language ?? grant.language;
    memory.outdate();
    try {
      accompanying = true;
      const told = telling.before(question, context);
      const asked = opened.send(async (to) => {
        if (mine === turn) await to.sendText(question.slice(0, questionAtMost));
      });
      await Promise.all([told, asked]);
    } catch (thrown) {
      const error = toAppError(thrown, 'vendor_lost');
      if (left) throw error;
      // Not refused, only lost: `ended` says why, and whoever holds the session asks again.
      await lose(error);
    } finally {
      accompanying = false;
    }
  }

  const alive = () => {
    if (ending) throw new AppError('provider_failed');
  };

  return {
    async ask(question, context) {
      alive();
      const mine = asking.then(() => put(question, context));
      asking = mine.catch(() => undefined);
      await mine;
    },
    async look(context) {
      if (!ending) telling.look(context);
    },
    async interrupt() {
      if (!ending) await hush();
    },
    async mute(muted) {
      if (ending) return;
      opened.mute(muted);
      if (!muted) void opened.sound.unlock();
    },
    async volume(level) {
      if (!ending) opened.sound.volume(level);
    },
    ...(opened.sound.sink && { sink: opened.sound.sink }),
    async hear(ear) {
      if (!ending) listening.hear(ear);
    },
    hold: opened.sound.hold,
    ...(cast.size > 1 && {
      async cast(id: string) {
        alive();
        const wanted = cast.find(id);
        await hush();
        cast.address(opened, wanted);
      },
    }),
    close: () => end({ by: 'user' }),
  };
}
