import { signal, type ReadonlySignal } from '@preact/signals';
import type { Setting } from '@/lib/settings';

/** What stands beside a field after it was changed. */
export interface Note {
  readonly field: string;
  readonly outcome: 'saved' | 'failed';
}

/** A setting as a form shows it. */
export interface Kept<T> {
  /** What the form shows: the stored value, or the changed one that could not be stored. Null until loaded. */
  readonly value: ReadonlySignal<T | null>;
  readonly note: ReadonlySignal<Note | null>;
  /** Shown at once, stored as soon as the write before it has ended. */
  change(field: string, value: T): void;
  dispose(): void;
}

/** Long enough to be read, short enough not to be in the way, ms. */
const noteTime = 2_000;

export function keep<T>(setting: Setting<T>): Kept<T> {
  const value = signal<T | null>(null);
  const note = signal<Note | null>(null);
  let unsaved: { readonly field: string; readonly value: T } | null = null;
  let saving = false;
  let fading: ReturnType<typeof setTimeout> | undefined;

  const tell = (field: string, outcome: Note['outcome']) => {
    note.value = { field, outcome };
    clearTimeout(fading);
    // A failure stays until a later change could be saved.
    if (outcome === 'saved') fading = setTimeout(() => (note.value = null), noteTime);
  };

  /** A slider changes faster than a disk writes: only its latest place is stored. */
  const save = async () => {
    if (saving) return;
    saving = true;
    while (unsaved) {
      const { field, value } = unsaved;
      unsaved = null;
      tell(
        field,
        await setting.set(value).then(
          () => 'saved' as const,
          () => 'failed' as const,
        ),
      );
    }
    saving = false;
  };

  const take = (stored: T) => {
    if (!saving) value.value = stored;
  };
  setting.get().then(take, () => undefined);
  const unwatch = setting.watch(take);

  return {
    value,
    note,
    change(field, next) {
      value.value = next;
      unsaved = { field, value: next };
      void save();
    },
    dispose() {
      unwatch();
      clearTimeout(fading);
    },
  };
}
