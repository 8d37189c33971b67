import type { Session } from 'perso-interactive-sdk-web/client';

export interface LineEvents {
  /** The avatar begins to say something of that length, ms. */
  readonly began: (message: string, duration: number) => void;
  readonly dropped: () => void;
  readonly restored: () => void;
}

/**
 * What the session's own events do not tell: how long the avatar will speak (its state of speaking
 * ends two seconds late), and that the way to it broke and was found again.
 */
export function watchLine(session: Session, signal: AbortSignal, events: LineEvents): void {
  const line: unknown = session.perso;
  if (typeof line !== 'object' || line === null) return;
  const { pc, dc } = line as { pc?: unknown; dc?: unknown };
  if (dc instanceof RTCDataChannel) {
    dc.addEventListener(
      'message',
      ({ data }) => {
        const spoken = spokenIn(data);
        if (spoken) events.began(spoken.message, spoken.duration);
      },
      { signal },
    );
  }
  if (pc instanceof RTCPeerConnection) {
    let broken = false;
    pc.addEventListener(
      'connectionstatechange',
      () => {
        if (pc.connectionState === 'disconnected' && !broken) {
          broken = true;
          events.dropped();
        } else if (pc.connectionState === 'connected' && broken) {
          broken = false;
          events.restored();
        }
      },
      { signal },
    );
  }
}

/** The browser's counters of the session's line; null where it cannot be got at. */
export async function lineStats({ perso: line }: Session): Promise<RTCStatsReport | null> {
  const peer: unknown =
    typeof line === 'object' && line !== null && 'pc' in line ? line.pc : undefined;
  return peer instanceof RTCPeerConnection ? peer.getStats() : null;
}

/** Longest message that is looked into: nothing we wait for is longer. */
const longest = 100_000;

function spokenIn(data: unknown): { message: string; duration: number } | null {
  if (typeof data !== 'string' || data.length > longest || !data.includes('"stf"')) return null;
  try {
    const { type, data: told } = JSON.parse(data) as {
      type?: unknown;
      data?: { message?: unknown; duration?: unknown } | null;
    };
    if (type !== 'stf' || typeof told?.duration !== 'number') return null;
    return {
      message: typeof told.message === 'string' ? told.message : '',
      duration: Math.max(0, Math.min(told.duration, 120_000)),
    };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}
