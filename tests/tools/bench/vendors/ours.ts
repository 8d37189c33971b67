import type { Grant, Provider, ProviderEvent } from '@/lib/session/provider';
import { pageHere } from './here';
import type { Opening } from './talker';

/** What every grant of a bench has. */
export const plain = {
  iceServers: [],
  forceRelay: false,
  volume: 1,
  muted: false,
  language: 'en',
} as const;

const listeners = new Set<(event: ProviderEvent) => void>();

/** The next event of ours that fits. */
export function happens(fits: (event: ProviderEvent) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const listener = (event: ProviderEvent) => {
      if (!fits(event)) return;
      listeners.delete(listener);
      resolve();
    };
    listeners.add(listener);
  });
}

export function opens(provider: Provider, grant: Grant): Opening {
  return async (stage) => {
    const connection = await provider.open({
      grant,
      stage,
      history: [],
      resume: null,
      signal: new AbortController().signal,
      emit(event) {
        for (const listener of listeners) listener(event);
      },
    });
    return {
      ask: (question) => connection.ask(question, pageHere()),
      hush: async () => connection.interrupt?.(),
      close: () => connection.close(),
    };
  };
}
