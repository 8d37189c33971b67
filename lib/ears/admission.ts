import { effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Line } from '@/lib/ears/asking';
import { codeOf } from '@/lib/ears/capture';
import type { Permission } from '@/lib/ears/permission';
import { browserClock, type Clock } from '@/lib/voice/clock';

/** Where the page that asks for the microphone stands. */
export type AdmissionState =
  /** Nobody has been asked yet. */
  | 'ask'
  /** The browser asks now. */
  | 'asking'
  /** Its question was closed without an answer. */
  | 'dismissed'
  | 'denied'
  | 'none'
  | 'busy'
  | 'failed'
  /** Allowed; a panel that waited for it has not taken it yet. */
  | 'holding'
  /** Allowed, and no panel waits. */
  | 'open'
  /** A panel has it; the page closes. */
  | 'done';

export interface Admission {
  readonly state: ReadonlySignal<AdmissionState>;
  /** In the reader's click. */
  ask(): Promise<void>;
  dispose(): void;
}

export interface AdmissionOptions {
  readonly permission: Permission;
  readonly line: Line;
  /** Opens a microphone and closes it again at once. Rejects with what the browser throws. */
  readonly request: () => Promise<void>;
  /** Calls back when something was plugged in. @returns the way to stop. */
  readonly plugged: (changed: () => void) => () => void;
  /** Closes the page. */
  readonly leave: () => void;
  readonly clock?: Clock;
}

/**
 * The page's part: it asks, and it stays until the panel has its stream, since leave given "only
 * this time" ends with the last page that uses it.
 */
export function createAdmission(options: AdmissionOptions): Admission {
  const { permission, line, request, plugged, leave, clock = browserClock } = options;
  const state = signal<AdmissionState>('ask');
  let callOff: () => void = () => undefined;

  function granted(): void {
    if (state.peek() === 'done') return;
    state.value = 'holding';
    line.tell('granted');
    callOff();
    callOff = clock.after(patience, () => {
      if (state.peek() === 'holding') state.value = 'open';
    });
  }

  function done(): void {
    state.value = 'done';
    callOff();
    callOff = clock.after(reading, leave);
  }

  const stops = [
    line.on((note) => {
      const at = state.peek();
      if (note === 'taken' && (at === 'holding' || at === 'open')) done();
    }),
    effect(() => {
      const now = permission.leave.value;
      const at = state.peek();
      if (at === 'asking' || at === 'done') return;
      if (now === 'granted' && at !== 'holding' && at !== 'open') granted();
      else if (now === 'denied') state.value = 'denied';
      // Taken back, or put back to asking in the browser's own settings.
      else if (now === 'prompt' && (at === 'denied' || at === 'open')) state.value = 'ask';
    }),
    plugged(() => {
      if (state.peek() === 'none') state.value = 'ask';
    }),
  ];

  return {
    state,
    async ask() {
      state.value = 'asking';
      try {
        await request();
        granted();
      } catch (thrown) {
        state.value = afterRefusal(thrown, permission.leave.peek());
      }
    },
    dispose() {
      callOff();
      for (const stop of stops) stop();
      if (state.peek() !== 'done') line.tell('closed');
      line.close();
    },
  };
}

/** How long a panel may take to open its stream before the page says that none waits, ms. */
const patience = 4_000;
/** How long the last words stand, ms. */
const reading = 1_200;

function afterRefusal(thrown: unknown, leave: PermissionState | null): AdmissionState {
  switch (codeOf(thrown)) {
    case 'microphone_denied':
      return leave === 'prompt' ? 'dismissed' : 'denied';
    case 'microphone_none':
      return 'none';
    case 'microphone_busy':
      return 'busy';
    default:
      return 'failed';
  }
}
