import { batch, signal } from '@preact/signals';
import type { Ear } from '@/lib/ears/ear';
import type { Microphone } from '@/lib/ears/microphone';
import type { Place } from '@/lib/ears/recognition';
import { createListening, type Ears, type ListeningOptions } from '@/lib/panel/listening';

/** A microphone as a picture wants it. */
export interface PosedEars {
  /** What the browser says of it; granted unless told. */
  readonly leave?: PermissionState;
  /** How loud somebody speaks into it, 0 to 1; nobody unless told. */
  readonly level?: number;
  /** Where speech becomes words for Vis. */
  readonly place?: Place;
}

export function posedEars({ leave = 'granted', level: loud = 0, place = 'none' }: PosedEars): Ears {
  const options: Omit<ListeningOptions, keyof Parameters<Ears>[0]> = {
    permission: {
      leave: signal(leave),
      ready: Promise.resolve(),
      dispose: () => undefined,
    },
    asker: {
      show: () => undefined,
      ask: () => new Promise(() => undefined),
      taken: () => undefined,
    },
    howTo: () => undefined,
    microphone: () => standing(loud),
    own: async () => ({ place: async () => place, download: async () => true, company: 'Google' }),
    isPrivate: false,
  };
  return (panel) => createListening({ ...options, ...panel });
}

function standing(loud: number): Microphone {
  const state = signal<'off' | 'open'>('off');
  const ear = signal<Ear | null>(null);
  const level = signal(0);
  const speaking = signal(false);
  const track = { getSettings: () => ({ echoCancellation: true }) } as MediaStreamTrack;
  return {
    state,
    ear,
    level,
    speaking,
    suspecting: signal(false),
    async open(mode) {
      const nobody = () => () => undefined;
      batch(() => {
        state.value = 'open';
        ear.value = { track, mode, onBlock: nobody, onSpeech: nobody };
        level.value = loud;
        speaking.value = loud > 0;
      });
    },
    press: () => undefined,
    release: () => undefined,
    deafen: () => undefined,
    guard: () => undefined,
    close() {
      batch(() => {
        state.value = 'off';
        ear.value = null;
        speaking.value = false;
      });
    },
  };
}
