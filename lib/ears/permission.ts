import { signal, type ReadonlySignal } from '@preact/signals';

/** What the browser would say if it were asked for the microphone. */
type Leave = PermissionState;

/** The browser's leave to use the microphone, as it changes: in any tab, and in its own settings. */
export interface Permission {
  /** Null until it is known. */
  readonly leave: ReadonlySignal<Leave | null>;
  readonly ready: Promise<void>;
  dispose(): void;
}

export function watchPermission(permissions: Permissions = navigator.permissions): Permission {
  const leave = signal<Leave | null>(null);
  let stop: () => void = () => undefined;
  let disposed = false;
  const ask = async () => {
    const status = await permissions.query({ name: 'microphone' });
    if (disposed) return;
    const take = () => {
      leave.value = status.state;
    };
    take();
    status.addEventListener('change', take);
    stop = () => status.removeEventListener('change', take);
  };
  return {
    leave,
    // A browser that does not know the name will have to be asked.
    ready: ask().catch(() => {
      leave.value = 'prompt';
    }),
    dispose() {
      disposed = true;
      stop();
    },
  };
}
