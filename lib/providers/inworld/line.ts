import {
  ConversationParticipant,
  type Character,
  type ConversationService,
  type InworldConnectionService,
  type InworldPacket,
} from '@inworld/web-core';
import { AppError, isAppError } from '@/lib/errors';
import type { OpeningOf } from '@/lib/session/provider';
import { within, type Timing } from '@/lib/session/timing';
import { clientFor } from './client';
import { dismantle } from './dismantle';
import { createDoor, type Sent } from './door';
import { failureOf } from './failures';
import { build, type Inside } from './inside';
import type { Limits } from './limits';
import { closed } from './socket';
import { createSound, type Sound } from './sound';

/** The vendor's connection behind time-outs: it opens or fails, it sends or fails, and it can be gone. */
export interface Line {
  readonly sound: Sound;
  /** There is a socket; otherwise the next `send` opens one. */
  readonly awake: boolean;
  /** Something is being played, or is about to be. */
  readonly playing: boolean;
  characters(): Promise<readonly Character[]>;
  /** One message to the character now spoken to. Opens a line that was closed in a quiet moment. */
  send(message: (to: ConversationService) => Promise<unknown>): Promise<void>;
  /** As `send`, but not worth opening anything for. */
  mention(message: (to: ConversationService) => Promise<unknown>): Promise<void>;
  address(character: Character): void;
  /** Who is spoken to, by resource name. */
  addressee(): string | null;
  /** What the service says to that one is neither shown nor played. */
  unwanted(interactionId: string): void;
  /** Stops playing and drops what is queued; nothing more of these is let in. */
  drop(interactionIds: readonly string[]): Promise<void>;
  /** As `drop`, and tells the service not to go on with these. */
  silence(interactionIds: readonly string[]): Promise<void>;
  mute(muted: boolean): void;
  /** Sent, and it may never be answered: not to be sent again after a reconnect. */
  forgetSent(interactionId: string): void;
  /** An answer is over: what the SDK keeps of it is of no use. */
  forgetHeard(): void;
  /** What the vendor needs to remember the conversation by; null where it does not say. */
  state(): Promise<string | null>;
  /** Afterwards nothing of it is left; never rejects. */
  close(): Promise<void>;
}

interface Hearing {
  readonly message: (packet: InworldPacket) => void;
  readonly sending: (kind: Sent, interactionId: string) => void;
  readonly beginsPlaying: (packet: InworldPacket) => void;
  readonly endsPlaying: (packet: InworldPacket) => void;
  readonly playedAll: () => void;
  /** The SDK itself stopped that one, since the reader spoke. */
  readonly interrupted: (interactionId: string) => void;
  /** The socket is closed. */
  readonly dropped: () => void;
  /** The SDK asks again on another socket whatever had no answer, or not all of it. */
  readonly recovering: () => void;
  /** Null: that question failed, nothing else. */
  readonly failed: (error: AppError | null) => void;
  /** A socket is open; the avatar is made ready. */
  readonly preparing: () => void;
}

interface LineOptions {
  readonly opening: OpeningOf<'inworld'>;
  readonly timing: Timing;
  readonly limits: Limits;
  readonly hearing: Hearing;
}

/** Rejects with an `AppError`; by then nothing of it is left. */
export async function openLine(options: LineOptions): Promise<Line> {
  const { opening, timing, limits, hearing } = options;
  const life = new AbortController();
  const signal = AbortSignal.any([opening.signal, life.signal]);
  const sockets = new Set<WebSocket>();
  const conversations = new Map<string, ConversationService>();
  let service: InworldConnectionService;
  let inside: Inside;
  let waking: { ready: () => void; failed: (error: AppError) => void } | null = null;
  let woken: Promise<void> | null = null;
  /** The SDK is on its way to a new socket by itself; a time-out ends the waiting. */
  let callOff: (() => void) | null = null;
  let current: Character | null = null;
  let reached = false;
  let established = false;
  /** Aborted with the socket, so that nobody waits for what was sent by it. */
  let gone = new AbortController();
  let closing: Promise<void> | null = null;

  const recovered = () => {
    callOff?.();
    callOff = null;
  };
  const fail = (error: AppError | null) => {
    recovered();
    if (life.signal.aborted) return;
    if (waking) waking.failed(error ?? new AppError('vendor_failed'));
    else hearing.failed(error);
  };

  const door = createDoor({
    sending: hearing.sending,
    opened: () => {
      reached = true;
      hearing.preparing();
    },
    refused: (again) => {
      inside.partConversations();
      if (!again) return;
      callOff ??= timing.after(limits.open, () => fail(new AppError('vendor_lost')));
      if (established) hearing.recovering();
    },
    // The SDK would go on with a session that knows nothing; whoever opens another hands over what was said.
    forgotten: () => {
      if (established) fail(new AppError('vendor_expired'));
      return established;
    },
  });

  const client = clientFor(opening, { timing, token: limits.token, signal })
    .setExtension({ convertPacketFromProto: door.convert, beforeLoadScene: (packets) => packets })
    .setOnReady(() => {
      recovered();
      waking?.ready();
    })
    .setOnMessage(hearing.message)
    .setOnBeforePlaying(hearing.beginsPlaying)
    .setOnAfterPlaying(hearing.endsPlaying)
    .setOnStopPlaying(hearing.playedAll)
    .setOnInterruption(({ interactionId }) => {
      if (interactionId !== undefined) hearing.interrupted(interactionId);
    })
    .setOnWarning(() => undefined)
    .setOnError((reported) => fail(failureOf(reported)))
    .setOnDisconnect(() => {
      if (life.signal.aborted) return;
      gone.abort();
      gone = new AbortController();
      if (waking ?? callOff) fail(new AppError('vendor_lost'));
      else hearing.dropped();
    });

  try {
    ({ service, inside } = build(client, (socket) => {
      sockets.add(socket);
      socket.addEventListener('close', () => sockets.delete(socket), { once: true });
      door.guard(socket);
      if (life.signal.aborted) socket.close();
    }));
  } catch (thrown) {
    // Only its own check of the scene's name throws here.
    throw new AppError('vendor_unknown', { cause: thrown });
  }
  const sound = createSound(inside);

  /** A live socket with the scene behind it. The SDK's own promise settles never, or too early. */
  async function wake(): Promise<void> {
    if (line.awake) return;
    if (service.isActive()) {
      // On its way out a socket takes messages without a word, and the SDK does not look.
      await within(timing, limits.close, signal, Promise.all(Array.from(sockets, closed)));
    }
    woken ??= new Promise<void>((ready, failed) => {
      waking = { ready, failed };
      if (!callOff) void service.open();
    });
    const limited = within(timing, limits.open, signal, woken).catch((thrown: unknown) => {
      if (!isAppError(thrown) || thrown.code !== 'provider_timeout') throw thrown;
      throw new AppError(reached ? 'vendor_failed' : 'vendor_unreachable', { cause: thrown });
    });
    await limited.finally(() => {
      waking = null;
      woken = null;
    });
  }

  function conversation(): ConversationService {
    if (!current) throw new AppError('vendor_unknown');
    const known = conversations.get(current.resourceName);
    if (known) return known;
    // Not the SDK's one-to-one conversation: that one stays poisoned when its beginning fails, and
    // loses the player when the character changes.
    const begun = service.startConversation([current.resourceName, ConversationParticipant.USER]);
    conversations.set(current.resourceName, begun);
    return begun;
  }

  /** Only while active: one message to a closed connection makes the SDK throw every 10 ms, for ever. */
  async function say(message: (to: ConversationService) => Promise<unknown>): Promise<void> {
    if (!service.isActive()) throw new AppError('vendor_lost');
    const to = conversation();
    try {
      const here = AbortSignal.any([signal, gone.signal]);
      await within(timing, limits.send, here, message(to));
    } catch (thrown) {
      if (signal.aborted) throw new AppError('aborted');
      throw new AppError('vendor_lost', { cause: thrown });
    }
  }

  const line: Line = {
    sound,
    get awake() {
      return (
        service.isActive() && [...sockets].some(({ readyState }) => readyState === WebSocket.OPEN)
      );
    },
    get playing() {
      return service.player.isActive();
    },
    async characters() {
      // Asked while it is closed, the SDK would open a socket of its own accord.
      if (!service.isActive()) throw new AppError('vendor_lost');
      return service.getCharacters();
    },
    async send(message) {
      await wake();
      await say(message);
    },
    async mention(message) {
      if (line.awake) await say(message);
    },
    address(character) {
      current = character;
    },
    addressee: () => current?.resourceName ?? null,
    unwanted: (interactionId) => door.refuse(interactionId),
    async drop(interactionIds) {
      for (const id of interactionIds) door.refuse(id);
      if (interactionIds.length === 0 && !line.playing) return;
      sound.hush(true);
      try {
        // The other way round, or without the second, playback would be frozen for good.
        await within(timing, limits.close, signal, inside.stopNow());
      } finally {
        service.player.clear();
        sound.hush(false);
      }
    },
    async silence(interactionIds) {
      for (const id of interactionIds) inside.forgetSent(id);
      await line.drop(interactionIds);
      await Promise.all(
        interactionIds.map((interactionId) =>
          line.mention((to) => to.sendCancelResponse({ interactionId })),
        ),
      );
    },
    mute(muted) {
      // Not `sendTTSPlaybackMute`: the mouth goes on, and sound is back in the middle of a word.
      service.player.mute(muted);
    },
    forgetSent: (interactionId) => inside.forgetSent(interactionId),
    forgetHeard: () => inside.forgetHeard(),
    async state() {
      const { state } =
        (await within(timing, limits.send, signal, service.stateSerialization.get())) ?? {};
      return state ?? null;
    },
    close() {
      closing ??= dispose();
      return closing;
    },
  };

  async function dispose(): Promise<void> {
    life.abort();
    recovered();
    sound.hush(true);
    await dismantle({ service, inside, sockets }, timing, limits.close);
  }

  try {
    await wake();
    established = true;
    return line;
  } catch (thrown) {
    await line.close();
    throw thrown;
  }
}
