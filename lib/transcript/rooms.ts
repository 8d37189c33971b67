import type { Retention } from '@/lib/settings';
import { openDisk } from '@/lib/transcript/disk';
import { openPassing } from '@/lib/transcript/passing';
import type { Room } from '@/lib/transcript/room';

/** Where things lie that are to be kept so long. */
export function openRoom(retention: Retention): Room {
  return retention === 'session' ? openPassing() : openDisk();
}
