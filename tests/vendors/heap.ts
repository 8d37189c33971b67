import { cdp } from 'vitest/browser';

/** Bytes of this page in use after the rubbish is gone. */
export async function heapInUse(): Promise<number> {
  const session = cdp() as {
    send(method: 'HeapProfiler.collectGarbage'): Promise<void>;
    send(method: 'Runtime.getHeapUsage'): Promise<{ usedSize: number }>;
  };
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}
