import type { InworldClient, InworldConnectionService } from '@inworld/web-core';

/**
 * What the SDK keeps to itself and never lets go of (2.10.0). Nothing of it is changed, but what
 * it leaves running has to be ended by somebody, and it names no way to. All of it is read
 * here; `tests/vendors/inworld/inside.test.ts` says when another version moved something.
 */
export interface Inside {
  /** Where sound is decoded and played; the SDK never closes it. */
  readonly context: AudioContext | null;
  /** The last node before the context's destination; the SDK sets its gain back to 1 after each chunk. */
  readonly gain: GainNode | null;
  /** One for the whole page, however many sessions there are. */
  readonly element: HTMLAudioElement | null;
  /** Silence without the fade, in which the first sound of the next answer would be dropped too. */
  stopNow(): Promise<void>;
  /** They are begun anew on the next socket; the SDK forgets that when it replaces a socket by itself. */
  partConversations(): void;
  /** The SDK's own `close` does not wait for its socket. */
  closeConnection(): Promise<void>;
  /** A message the service takes without a word would be sent again at every reconnect. */
  forgetSent(interactionId: string): void;
  /** Every chunk of sound is kept for a transcript nobody asks for. */
  forgetHeard(): void;
}

/** Builds the SDK's connection and sees to it that nothing runs by itself. */
export function build(
  client: InworldClient,
  onSocket: (socket: WebSocket) => void,
): { service: InworldConnectionService; inside: Inside } {
  const service = withoutWindowListeners(() => client.build());
  const connection = look(service, 'connection');
  withoutLoopback(look(connection, 'connectionProps', 'webRtcLoopbackBiDiSession'));
  watchSockets(look(connection, 'connection'), onSocket);
  // The state would be read and stored every five minutes, for nobody.
  call(look(service, 'sessionState'), 'clearAutoSaveInterval');
  const context = look(service, 'grpcAudioPlayer', 'playbackAudioContext');
  const gain = look(service, 'grpcAudioPlayer', 'gainNode');
  const element = look(service, 'player', 'player', 'audioElement');
  if (element instanceof HTMLAudioElement) {
    // The SDK plays it without looking at the outcome; a refusal is nobody's unhandled rejection.
    element.play = () => HTMLMediaElement.prototype.play.call(element).catch(() => undefined);
  }
  const inside: Inside = {
    context: context instanceof AudioContext ? context : null,
    gain: gain instanceof GainNode ? gain : null,
    element: element instanceof HTMLAudioElement ? element : null,
    stopNow() {
      if (gain instanceof GainNode) gain.gain.value = 0;
      return service.player.stop();
    },
    partConversations() {
      const conversations = look(connection, 'conversations');
      if (!(conversations instanceof Map)) return;
      for (const conversation of conversations.values()) {
        if (isObject(conversation)) Reflect.set(conversation, 'state', 'INACTIVE');
      }
    },
    async closeConnection() {
      await call(connection, 'close');
    },
    forgetSent(interactionId) {
      const sent = look(connection, 'packetsInProgress');
      if (isObject(sent)) Reflect.deleteProperty(sent, interactionId);
    },
    forgetHeard() {
      service.clearHistory();
      const history = look(connection, 'history');
      if (isObject(history)) Object.assign(history, { conversationItems: [], emotions: {} });
    },
  };
  return { service, inside };
}

/**
 * The SDK listens to the window's `blur` and `focus` to store its state, and takes neither
 * listener away again. In a side panel every click on the page is a `blur`.
 */
function withoutWindowListeners<T>(run: () => T): T {
  const added: [string, EventListenerOrEventListenerObject][] = [];
  const add = window.addEventListener;
  window.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ) => {
    added.push([type, listener]);
    add.call(window, type, listener, options);
  };
  try {
    return run();
  } finally {
    window.addEventListener = add;
    for (const [type, listener] of added) window.removeEventListener(type, listener);
  }
}

/**
 * At every socket the SDK makes two peer connections that play silence to each other, for the echo
 * cancellation of its own recorder, and keeps no hold of those before; where two sockets follow
 * each other quickly the steps of both get mixed up and fail where nobody catches. On iOS it does
 * without them; here it does too, in the same words.
 */
function withoutLoopback(session: unknown): void {
  if (!isObject(session)) return;
  Reflect.set(session, 'startSession', async (input: MediaStream, output: MediaStream) =>
    Object.assign(session, { loopbackRecordStream: input, loopbackPlaybackStream: output }),
  );
}

/**
 * Each socket before it is open, and before the SDK listens to it: of listeners to a socket the one
 * added first is called first, capturing or not (Chromium 156).
 */
function watchSockets(owner: unknown, onSocket: (socket: WebSocket) => void): void {
  const name = 'combineWebSocket';
  const make = look(owner, name);
  if (!isObject(owner) || typeof make !== 'function') return;
  const own = [
    ['close', look(owner, 'connectionProps', 'onDisconnect')],
    ['error', look(owner, 'onError')],
  ] as const;
  Reflect.set(owner, name, async (...args: unknown[]) => {
    const socket: unknown = await Reflect.apply(make, owner, args);
    if (!(socket instanceof WebSocket)) return socket;
    for (const [type, listener] of own) socket.removeEventListener(type, listener as EventListener);
    onSocket(socket);
    for (const [type, listener] of own) socket.addEventListener(type, listener as EventListener);
    return socket;
  });
}

function look(owner: unknown, ...names: readonly string[]): unknown {
  let inner = owner;
  for (const name of names) inner = isObject(inner) ? Reflect.get(inner, name) : undefined;
  return inner;
}

function call(owner: unknown, name: string): unknown {
  const method = look(owner, name);
  return typeof method === 'function' ? Reflect.apply(method, owner, []) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
