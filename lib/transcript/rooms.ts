import type { Retention } from '@/lib/settings';
import { openDisk } from '@/lib/transcript/disk';
import type { Room } from '@/lib/transcript/room';

/** Where things lie that are to be kept so long. */
export async function openRoom(retention: Retention): Promise<Room> {
  if (retention === 'session') return (await import('@/lib/transcript/passing')).openPassing();
  return openDisk();
}
