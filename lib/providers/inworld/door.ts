import { InworldPacket, type ProtoPacket } from '@inworld/web-core';
import { hasForgotten, mayRecover } from './failures';

export interface Door {
  /** Stands before the SDK at this socket, which has no listeners yet; those before it are heard no more. */
  guard(socket: WebSocket): void;
  /** Every packet, in and out, on its way through the SDK. */
  convert(proto: ProtoPacket): InworldPacket;
  /** Nothing more of that interaction comes in. */
  refuse(interactionId: string): void;
}

export interface Watching {
  /** We send this, now and perhaps again after a reconnect, then under another id. */
  readonly sending: (kind: Sent, interactionId: string) => void;
  /** With a reason; this socket is done with. `again`: the SDK may try another by itself. */
  readonly refused: (again: boolean) => void;
  /** The service knows the session no more. @returns whether the SDK shall not hear of it */
  readonly forgotten: () => boolean;
  readonly opened: () => void;
}

export type Sent = 'question' | 'context';

/**
 * What comes from the gateway, looked at before the SDK believes it. Unguarded, a frame that is no
 * JSON puts a live connection to sleep, one without `result` or `error` throws into the page, a
 * packet without ids does so in a promise nobody holds, and a socket long replaced still ends the one in use.
 */
export function createDoor(watching: Watching): Door {
  let newest: WebSocket | null = null;
  /** An error came by it: what it still says, and that it goes, is of no interest. */
  let spent: WebSocket | null = null;
  const refused = new Set<string>();
  const isInUse = (socket: WebSocket) => socket === newest && socket !== spent;

  return {
    guard(socket) {
      const before = newest;
      newest = socket;
      before?.close(1000);
      socket.addEventListener('open', watching.opened, { once: true });
      socket.addEventListener('message', (event: MessageEvent) => {
        const frame = isInUse(socket) ? frameOf(event.data) : null;
        if (!frame || (hasForgotten(frame.error) && watching.forgotten())) {
          event.stopImmediatePropagation();
        } else if (frame.error !== undefined) {
          // The SDK has done with it from here on, and leaves it open.
          spent = socket;
          socket.close(1000);
          watching.refused(mayRecover(frame.error));
        }
      });
      for (const type of ['close', 'error'] as const) {
        socket.addEventListener(type, (event) => {
          if (!isInUse(socket)) event.stopImmediatePropagation();
        });
      }
    },
    convert(proto) {
      const interactionId = proto.packetId?.interactionId;
      if (String(proto.routing?.source?.type) === 'PLAYER' && interactionId !== undefined) {
        if (String(proto.text?.sourceType) === 'TYPED_IN')
          watching.sending('question', interactionId);
        if (proto.custom ?? proto.action) watching.sending('context', interactionId);
      }
      const shut = interactionId !== undefined && refused.has(interactionId) && !proto.control;
      const packet = shut || !isWhole(proto) ? null : converted(proto);
      return packet ?? converted({ ...bare, packetId: idsOf(proto) }) ?? inert;
    },
    refuse(interactionId) {
      refused.add(interactionId);
      // Stragglers come soon or not at all.
      const [oldest] = refused;
      if (refused.size > 200 && oldest !== undefined) refused.delete(oldest);
    },
  };
}

/** Of no kind the SDK knows, so it does nothing with it. */
const bare: ProtoPacket = { timestamp: new Date(0).toISOString(), routing: {} };
const inert = InworldPacket.fromProto({ ...bare, packetId: {} });

function frameOf(data: unknown): { error?: unknown } | null {
  if (typeof data !== 'string') return null;
  try {
    const frame: unknown = JSON.parse(data);
    if (!isObject(frame)) return null;
    return isObject(Reflect.get(frame, 'error')) || isObject(Reflect.get(frame, 'result'))
      ? frame
      : null;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}

/** Whether the SDK can take it without stumbling. Sound without sound would stop all that follows. */
function isWhole({ packetId, dataChunk, latencyReport, text }: ProtoPacket): boolean {
  if (!isObject(packetId)) return false;
  if (dataChunk && String(dataChunk.type) === 'AUDIO') {
    const chunk: unknown = dataChunk.chunk;
    return typeof chunk === 'string' && chunk !== '';
  }
  if (text && typeof text.text !== 'string') return false;
  return latencyReport?.pingPong ? latencyReport.pingPong.pingTimestamp !== undefined : true;
}

function idsOf({ packetId }: ProtoPacket): NonNullable<ProtoPacket['packetId']> {
  return isObject(packetId) ? packetId : {};
}

/** Null where the SDK's own reading of it throws. */
function converted(proto: ProtoPacket): InworldPacket | null {
  try {
    return InworldPacket.fromProto(proto);
  } catch (thrown) {
    if (thrown instanceof TypeError) return null;
    throw thrown;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
