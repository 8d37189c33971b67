import type { Scene } from '@soulmachines/smwebsdk';
import { keepListeners } from '@/lib/providers/soul-machines/listeners';
import { mended } from '@/lib/providers/soul-machines/mend';
import {
  fields,
  messageIn,
  type Fields,
  type SceneMessage,
} from '@/lib/providers/soul-machines/message';
import type { LiveSession } from '@/lib/providers/soul-machines/scene';

export interface Gate {
  /** Nothing comes through any more, and the listeners the SDK forgets are gone. */
  readonly shut: () => void;
}

export interface GateOptions {
  readonly scene: Scene;
  readonly session: LiveSession;
  readonly iceServers: readonly RTCIceServer[];
  readonly forceRelay: boolean;
  /** The peer connection, as soon as there is one. */
  readonly found: (peer: RTCPeerConnection) => void;
  /** Every message of the conversation, whole. */
  readonly heard: (message: SceneMessage) => void;
}

/**
 * Stands between the session's socket and the SDK's own handler, which stays in charge of setting
 * up. What it keeps off:
 *
 * - Messages of the conversation never reach the session's handler, only `scene.onMessage`, where
 *   they lead: the handler keeps a copy of each for a control connection nobody opens, for ever.
 *   Where there is one, it relays them and they go its way.
 * - `connected` waits until a track has been seen. Before that the SDK would never get to the
 *   state of the same name.
 * - What is no message, or not whole, or huge.
 */
export function createGate(options: GateOptions): Gate {
  const { scene, session, iceServers, forceRelay, found, heard } = options;
  const socket = session.serverConnection;
  const sdk = socket.onmessage;
  // Typed for responses alone, though everything of the conversation goes through it.
  const tell = scene.onMessage.bind(scene) as unknown as (message: SceneMessage) => void;
  const listeners = keepListeners(window);
  let [seen, relays, open] = [false, false, true];
  let held: (() => void) | null = null;

  const pass = (message: object) => {
    const event = new MessageEvent('message', { data: JSON.stringify(message) });
    listeners.during(() => sdk?.call(socket, event));
  };

  function watch(peer: RTCPeerConnection): void {
    peer.addEventListener(
      'track',
      () => {
        seen = true;
        held?.();
        held = null;
      },
      { once: true },
    );
    if (forceRelay) {
      // The SDK does so only for a list with `turn:` in it, not for `turns:` or a single address.
      peer.setConfiguration({ ...peer.getConfiguration(), iceTransportPolicy: 'relay' });
    }
    found(peer);
  }

  function webrtc(name: string, body: Fields): void {
    const message = { category: 'webrtc', kind: 'event', name, body };
    switch (name) {
      case 'established':
        // Without its settings: the log stays here, and the microphone is muted by the panel.
        pass({
          ...message,
          body: {
            iceServers: [
              ...iceServers,
              ...(Array.isArray(body['iceServers']) ? body['iceServers'] : []),
            ],
            ...(body['resumeSessionId'] !== undefined && {
              resumeSessionId: body['resumeSessionId'],
            }),
          },
        });
        if (session.peerConnection) watch(session.peerConnection);
        return;
      case 'accepted':
        relays = Boolean(body['controlUrl']);
        pass(message);
        return;
      case 'connected':
        if (seen) pass(message);
        else held = () => pass(message);
        return;
      case 'answer':
      case 'ice':
      case 'userText':
      case 'close':
        pass(message);
        return;
      default:
    }
  }

  function sceneMessage(message: SceneMessage): void {
    const whole = mended(message);
    if (relays) pass(message);
    else {
      try {
        tell(whole);
      } catch {
        // As the SDK's own handler does with what it cannot read; we have read it ourselves.
      }
    }
    heard(whole);
  }

  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- in place of the SDK's own
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = open && typeof data === 'string' ? messageIn(data) : null;
    if (!message) return;
    const { category, kind, name } = message;
    if (category === 'webrtc' && kind === 'event') webrtc(name, fields(message.body));
    else if (category === 'scene') sceneMessage({ ...message, category });
  };

  return {
    shut() {
      open = false;
      held = null;
      listeners.drop();
    },
  };
}
