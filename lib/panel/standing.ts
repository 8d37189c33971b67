import { signal, type ReadonlySignal } from '@preact/signals';
import type { Member, Standing } from '@/lib/session/provider';

/** Who of several is in the scene, and who is spoken to. */
export interface Cast {
  readonly members: readonly Member[];
  readonly current: string;
}

/** What holds of the avatar until it is told otherwise. */
export interface Standings {
  /** Whether its own picture can be seen; without one the portrait is. */
  readonly video: ReadonlySignal<'none' | 'shown' | 'stalled'>;
  /** Null where there is but one. */
  readonly cast: ReadonlySignal<Cast | null>;
  /** For diagnostics. */
  readonly details: ReadonlySignal<Readonly<Record<string, string>>>;
  stood(standing: Standing): void;
  /** The session is over, and what held in it. */
  clear(): void;
}

export function createStandings(): Standings {
  const video = signal<'none' | 'shown' | 'stalled'>('none');
  const cast = signal<Cast | null>(null);
  const details = signal<Readonly<Record<string, string>>>({});
  return {
    video,
    cast,
    details,
    stood(standing) {
      switch (standing.type) {
        case 'video':
          video.value = standing.state;
          return;
        case 'cast':
          cast.value = standing.members.length > 1 ? standing : null;
          return;
        case 'details':
          details.value = standing.details;
          return;
        case 'resumable':
          return;
      }
    },
    clear() {
      video.value = 'none';
      cast.value = null;
    },
  };
}
