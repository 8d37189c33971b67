/**
 * The reader's open microphone, as a provider gets it. It stays the panel's: nobody else stops its
 * track or captures the device a second time. While the avatar may not hear (half duplex, a key
 * not held), the track is disabled and no block comes.
 */
export interface Ear {
  /** For vendors that take sound by WebRTC. */
  readonly track: MediaStreamTrack;
  /** `hold`: the reader holds a key or button while speaking; `open`: they just speak. */
  readonly mode: 'hold' | 'open';
  /**
   * Mono 16-bit sound at `rate` (Hz) in blocks of about 100 ms, from shortly before speech begins
   * until it has ended. @returns the way to stop.
   */
  onBlock(rate: number, listener: (block: Int16Array) => void): () => void;
  /** Where a stretch of speech begins and ends: by the key held, or by voice activity. */
  onSpeech(listener: (speech: 'began' | 'ended') => void): () => void;
}
