/**
 * A vendor's service on loopback: it speaks that vendor's wire, answers as a brain would, fails on
 * a call it does not know, and can be told to misbehave. `npm start` and every test of a vendor use it.
 */
export interface Emulator<Knobs extends object = object> {
  /** `http://127.0.0.1:<port>`; sockets are at the same place under `ws:`. */
  readonly address: string;
  /** What it was told, in order: every call, socket message and channel message that reached it. */
  readonly told: readonly Told[];
  /** Its moods and faults. May be changed at any time; holds from then on. */
  readonly knobs: Knobs;
  /** Calls it does not know. A test ends with none. */
  readonly unknown: readonly string[];
  /** What of its sessions is still open: names of sockets, peers, streams. */
  running(): readonly string[];
  /** Forgets what it was told and puts every knob back. Closes whatever is open. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** One thing that reached it. */
export interface Told {
  /** How: `POST /v1/session/…`, `socket webrtc.offer`, `channel ttstf`; the vendor's own names. */
  readonly what: string;
  /** What was said; parsed where it was JSON. */
  readonly body: unknown;
}
