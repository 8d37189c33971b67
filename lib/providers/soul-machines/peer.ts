export interface PeerEvents {
  readonly dropped: () => void;
  readonly restored: () => void;
  /** It has failed, or was down for too long. */
  readonly lost: () => void;
}

/** Tells of a line to the media that comes and goes; the SDK hears of none of it. */
export function watchPeer(
  peer: RTCPeerConnection,
  /** How long it may be down, ms. */
  down: number,
  events: PeerEvents,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const changed = () => {
    const { connectionState } = peer;
    if (connectionState === 'failed') events.lost();
    else if (connectionState === 'disconnected' && timer === undefined) {
      events.dropped();
      timer = setTimeout(events.lost, down);
    } else if (connectionState === 'connected' && timer !== undefined) {
      stop();
      events.restored();
    }
  };
  peer.addEventListener('connectionstatechange', changed, { signal });
  signal.addEventListener('abort', stop, { once: true });
}

/**
 * Puts the reader's voice on its way; null: takes it off. Not by the SDK's `setMediaDeviceActive`:
 * that captures the device a second time, without the choice of one, and stops the track when it
 * is switched off. This one is the panel's.
 */
export async function sendVoice(
  peer: RTCPeerConnection,
  track: MediaStreamTrack | null,
): Promise<void> {
  const voice = peer
    .getTransceivers()
    .find(({ receiver, direction }) => receiver.track.kind === 'audio' && direction === 'sendrecv');
  await voice?.sender.replaceTrack(track);
}
