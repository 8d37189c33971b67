import { vi } from 'vitest';

/** As `vi.waitFor`, with the patience of a busy machine: it passes as soon as it can. */
export const eventually = <T>(probe: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(probe, { timeout: 15_000 });
