import type { Retention } from '@/lib/settings';
import type { Room } from '@/lib/transcript/room';

/** Where things lie that are to be kept so long. Loaded when it is known which of the two it is. */
export async function openRoom(retention: Retention): Promise<Room> {
  if (retention === 'session') return (await import('@/lib/transcript/passing')).openPassing();
  return (await import('@/lib/transcript/disk')).openDisk();
}
