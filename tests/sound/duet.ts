import { activityRate as rate, createActivity, frameLength, type Turn } from '@/lib/ears/activity';

/** An avatar and a reader in one room with a microphone that hears both, all at 16 kHz. */
export interface Duet {
  /** What the microphone hears of the avatar, from the moment it is said to speak. */
  readonly avatar: Float32Array;
  readonly reader?: Float32Array;
  /** When the reader begins, ms after the avatar was said to speak. */
  readonly from?: number;
  readonly room: Float32Array;
  /** ms from the loudspeaker to the ear, through all the buffers between them. */
  readonly wayBack?: number;
  /** Whether the avatar is silent while a voice is suspected. */
  readonly holds?: boolean;
}

/** A turn, and when it was known, ms after the avatar was said to speak. */
export type Known = Turn & { readonly known: number };

/** An ear that stays in its room, and plays one duet after the other. */
export function listener() {
  const activity = createActivity();
  const hear = (sound: Float32Array, at: number) =>
    activity.push(sound.subarray(at, at + frameLength));

  return {
    /** Hears the room alone. */
    wait(room: Float32Array): void {
      for (let at = 0; at + frameLength <= room.length; at += frameLength) hear(room, at);
    },
    /** Until the reader has cut in, or the avatar has finished. */
    listen({ avatar, reader, from = 0, room, wayBack = 100, holds = true }: Duet): Known[] {
      activity.guard(holds ? 'holding' : 'on');
      const found: Known[] = [];
      const begins = Math.round((from * rate) / 1000);
      const delay = Math.round((wayBack * rate) / 1000);
      /** Whether it was heard, sample by sample. */
      const played = new Uint8Array(avatar.length);
      let held = false;
      const frame = new Float32Array(frameLength);
      for (let at = 0; at + frameLength <= room.length; at += frameLength) {
        if (!held) played.fill(1, at, at + frameLength);
        for (let n = 0; n < frameLength; n += 1) {
          const back = at + n - delay;
          const echo = played[back] === 1 ? (avatar[back] ?? 0) : 0;
          frame[n] = (room[at + n] ?? 0) + echo + (reader?.[at + n - begins] ?? 0);
        }
        const turn = activity.push(frame);
        if (!turn) continue;
        held = turn.type === 'suspected';
        found.push({ ...turn, known: ((at + frameLength) / rate) * 1000 });
        if (turn.type === 'began') break;
      }
      activity.guard('off');
      activity.reset();
      return found;
    },
  };
}
