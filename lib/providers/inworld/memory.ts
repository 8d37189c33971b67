import type { ProviderEvent } from '@/lib/session/provider';

/** By what the vendor can remember a conversation in another session. */
export interface Memory {
  /** All is said for now: asks for it. */
  keep(): Promise<void>;
  /** More was said; what was kept lags behind. */
  outdate(): void;
}

interface Remembering {
  readonly emit: (event: ProviderEvent) => void;
  /** Null where the vendor does not say. */
  readonly ask: () => Promise<string | null>;
}

export function createMemory({ emit, ask }: Remembering): Memory {
  let told = false;
  let able = true;
  /** Rises when what is asked for now will lag behind. */
  let age = 0;
  return {
    async keep() {
      if (!able) return;
      const asked = age;
      try {
        const token = await ask();
        if (asked !== age || token === null) return;
        told = true;
        emit({ type: 'resumable', token });
      } catch {
        // A gateway without it, or no permission for its address: the words themselves will do.
        able = false;
      }
    },
    outdate() {
      age += 1;
      if (told) emit({ type: 'resumable', token: null });
      told = false;
    },
  };
}
