import * as v from 'valibot';
import { key } from '@/lib/diagnostics/timeline';

/**
 * What happened in a session, for whoever has to find out why it went wrong: steps and numbers, no
 * words, no pages, nothing that opens a door. It stays on this device.
 */
const entrySchema = v.object({
  /** `asked` and `answered` are a question and the first word of its answer. */
  what: v.picklist([
    'grant',
    'loading',
    'connecting',
    'preparing',
    'media',
    'live',
    'asked',
    'answered',
    'reconnecting',
    'ended',
  ]),
  /** Since the session was begun, ms. */
  at: v.number(),
  /** Why it ended; how far it had come. */
  note: v.nullable(v.string()),
});
export type Entry = v.InferOutput<typeof entrySchema>;

const lineSchema = v.object({
  /** kbit/s coming in. */
  bitrate: v.nullable(v.number()),
  /** Per cent of the packets. */
  loss: v.nullable(v.number()),
  /** ms */
  roundTrip: v.nullable(v.number()),
  jitter: v.nullable(v.number()),
  frames: v.nullable(v.number()),
  framesDropped: v.nullable(v.number()),
  framesPerSecond: v.nullable(v.number()),
  picture: v.nullable(v.string()),
  /** `host`, `srflx`, `prflx` or `relay`, and the protocol. */
  way: v.nullable(v.string()),
});
/** How the line was when it was last looked at. */
export type LineState = v.InferOutput<typeof lineSchema>;

const timelineSchema = v.object({
  provider: v.string(),
  avatar: v.string(),
  /** ms since 1970. */
  begun: v.number(),
  entries: v.array(entrySchema),
  line: v.nullable(lineSchema),
  /** When what lets it in was handed out and is over, ms since 1970; null where nothing is needed. */
  token: v.nullable(v.object({ granted: v.number(), expires: v.number() })),
  /** The vendor's versions and the like. */
  details: v.record(v.string(), v.string()),
});
export type Timeline = v.InferOutput<typeof timelineSchema>;

export function lastTimeline(): Timeline | null {
  const kept = globalThis.localStorage?.getItem(key);
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), timelineSchema), kept);
  return read.success ? read.output : null;
}

/** Calls back when a panel wrote something new. @returns the way to stop. */
export function watchTimeline(changed: () => void): () => void {
  const listen = (event: StorageEvent) => {
    if (event.key === key) changed();
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}
