import type { Session } from 'perso-interactive-sdk-web/client';

export interface LineEvents {
  /** The avatar begins to say something of that length, ms. */
  readonly began: (message: string, duration: number) => void;
  readonly dropped: () => void;
  readonly restored: () => void;
  readonly hungUp: () => void;
}

/**
 * What the session's own events do not tell: how long the avatar will speak (its state of speaking
 * ends two seconds late), that the way to it broke and was found again, and that the other side hung
 * up (the vendor's own client notices that only when the whole connection fails, many seconds later).
 *
 * @returns whether the line was open when it was last heard of.
 */
export function watchLine(
  session: Session,
  signal: AbortSignal,
  events: LineEvents,
): () => boolean {
  const line: unknown = session.perso;
  let isOpen = true;
  if (typeof line !== 'object' || line === null) return () => isOpen;
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
    const closing = () => {
      isOpen = false;
    };
    dc.addEventListener('closing', closing, { signal });
    dc.addEventListener('close', events.hungUp, { signal });
  }
  if (pc instanceof RTCPeerConnection) {
    let broken = false;
    pc.addEventListener(
      'connectionstatechange',
      () => {
        isOpen = pc.connectionState === 'connected';
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
  return () => isOpen;
}

/** The browser's counters of the session's line; null where it cannot be got at. */
export async function lineStats({ perso: line }: Session): Promise<RTCStatsReport | null> {
  const peer: unknown =
    typeof line === 'object' && line !== null && 'pc' in line ? line.pc : undefined;
  return peer instanceof RTCPeerConnection ? peer.getStats() : null;
}

/** Ends it now: the vendor's own client goes on pinging until its channel says that it was closed. */
export function hangUp(session: Session): void {
  session.stopSession();
  const { dc } = (session.perso ?? {}) as { dc?: unknown };
  if (dc instanceof RTCDataChannel) dc.dispatchEvent(new Event('close'));
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
