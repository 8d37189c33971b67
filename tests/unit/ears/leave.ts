import { signal } from '@preact/signals';
import type { Line } from '@/lib/ears/asking';
import type { Permission } from '@/lib/ears/permission';

/** The browser's leave, changed by hand. */
export function permissionOf(state: PermissionState) {
  const leave = signal<PermissionState | null>(state);
  const permission: Permission = { leave, ready: Promise.resolve(), dispose: () => undefined };
  return { leave, permission };
}

/** A line between two pages: what one tells, the other hears. */
export function twoEnds(): [Line, Line] {
  type Heard = Parameters<Line['on']>[0];
  const ears: [Set<Heard>, Set<Heard>] = [new Set(), new Set()];
  const end = (own: 0 | 1): Line => ({
    tell: (note) => {
      for (const heard of ears[own === 0 ? 1 : 0]) heard(note);
    },
    on(heard) {
      ears[own].add(heard);
      return () => void ears[own].delete(heard);
    },
    close: () => ears[own].clear(),
  });
  return [end(0), end(1)];
}
