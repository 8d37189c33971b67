import type { Peer } from '@/tests/emulators/media/peer';
import type { PersoKnobs } from './knobs';

type Ended = NonNullable<PersoKnobs['ends']>;
type Status = 'CREATED' | 'EXCHANGED' | 'IN_PROGRESS' | 'TERMINATED';

export interface PersoSession {
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly capability: readonly string[];
  status: Status;
  reason: Ended | null;
  peer: Peer | null;
  messages: RTCDataChannel | null;
  /** Channels that carry a sound right now. */
  readonly files: Set<RTCDataChannel>;
  /** Sounds that were given, by the name they go by. */
  readonly sounds: Map<string, Uint8Array>;
  /** CSS px of the reader's room for it. */
  size: { width: number; height: number };
}

export function createPersoSession(
  params: Record<string, unknown>,
  capability: readonly string[],
): PersoSession {
  return {
    id: crypto.randomUUID(),
    params,
    capability,
    status: 'CREATED',
    reason: null,
    peer: null,
    messages: null,
    files: new Set(),
    sounds: new Map(),
    size: { width: 0, height: 0 },
  };
}

export function terminate(session: PersoSession, reason: Ended): void {
  if (session.status === 'TERMINATED') return;
  session.status = 'TERMINATED';
  session.reason = reason;
  session.peer?.close();
  session.peer = null;
  session.messages = null;
  session.files.clear();
  session.sounds.clear();
}

/** Endpoint 2. The capability is a list of objects here, of names where it is asked for. */
export function infoOf(session: PersoSession): object {
  return {
    session_id: session.id,
    client_sdp: null,
    server_sdp: null,
    prompt: { prompt_id: session.params['prompt'] ?? null },
    document: null,
    llm_type: { name: session.params['llm_type'] ?? null },
    model_style: { name: session.params['model_style'] ?? null },
    tts_type: { name: session.params['tts_type'] ?? null },
    ice_servers: [],
    status: session.status,
    termination_reason: session.reason,
    duration_sec: 0,
    created_at: new Date().toISOString(),
    padding_left: null,
    padding_top: null,
    padding_height: null,
    background_image: null,
    extra_data: null,
    capability: session.capability.map((name) => ({ name, description: '' })),
  };
}
