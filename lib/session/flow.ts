import type { Session } from '@/lib/session/session';

/** Long enough for several pictures, ms. */
const glance = 500;

/** Whether anything arrives over the line right now; false where nobody can tell. */
export async function isFlowing(session: Pick<Session, 'measure'>): Promise<boolean> {
  const before = await received(session);
  if (before === 0) return false;
  await new Promise((over) => {
    setTimeout(over, glance);
  });
  return (await received(session)) > before;
}

async function received(session: Pick<Session, 'measure'>): Promise<number> {
  let bytes = 0;
  (await session.measure().catch(() => null))?.forEach((entry: unknown) => {
    const { type, bytesReceived = 0 } = entry as { type: string; bytesReceived?: number };
    if (type === 'inbound-rtp') bytes += bytesReceived;
  });
  return bytes;
}
