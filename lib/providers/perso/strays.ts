export interface Strays {
  /** Closes whatever was made meanwhile. */
  close(): void;
  /** Looks no further. */
  stop(): void;
}

/**
 * The peer connections that are made from now on. The vendor's own client leaves the one it made open
 * where it could not make a session of it, and gives nobody a handle to it.
 */
export function watchStrays(): Strays {
  const { RTCPeerConnection } = globalThis;
  const made = new Set<RTCPeerConnection>();
  let looks = true;
  class Watched extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      if (looks) made.add(this);
    }
  }
  globalThis.RTCPeerConnection = Watched;
  return {
    close() {
      for (const peer of made) peer.close();
      made.clear();
    },
    stop() {
      looks = false;
      made.clear();
      // Somebody else may look since.
      if (globalThis.RTCPeerConnection === Watched)
        globalThis.RTCPeerConnection = RTCPeerConnection;
    },
  };
}
