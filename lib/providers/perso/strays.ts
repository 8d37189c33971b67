export interface Strays {
  /** Closes whatever was made meanwhile. */
  close(): void;
  /** Looks no further. */
  stop(): void;
}

let watchers = 0;

/**
 * The peer connections that are made from now on. The vendor's own client leaves the one it made open
 * where it could not make a session of it, and gives nobody a handle to it. Where two sessions are
 * being made at once nobody can tell whose it is, and it stays.
 */
export function watchStrays(): Strays {
  const { RTCPeerConnection } = globalThis;
  const made = new Set<RTCPeerConnection>();
  let looks = true;
  watchers += 1;
  class Watched extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      if (looks && watchers === 1) made.add(this);
    }
  }
  globalThis.RTCPeerConnection = Watched;
  return {
    close() {
      for (const peer of made) peer.close();
    },
    stop() {
      if (!looks) return;
      looks = false;
      watchers -= 1;
      made.clear();
      // Somebody else may look since.
      if (globalThis.RTCPeerConnection === Watched)
        globalThis.RTCPeerConnection = RTCPeerConnection;
    },
  };
}
