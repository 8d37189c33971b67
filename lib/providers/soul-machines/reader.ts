import type { ProviderEvent } from '@/lib/session/provider';
import { fields, isFields, list, type Fields } from '@/lib/providers/soul-machines/message';

/** What the service has understood of the reader. */
export interface Reader {
  /** All of what is being said so far; null where nothing was understood. */
  readonly heard: (results: Fields) => { readonly text: string; readonly final: boolean } | null;
  /** No word is left hanging. */
  readonly close: () => void;
}

export function createReader(emit: (event: ProviderEvent) => void): Reader {
  let saying: { id: string; text: string } | null = null;
  return {
    heard({ status, results }) {
      if (status !== undefined && status !== 0) return null;
      const parts = list(results).filter(isFields);
      const text = parts
        .map(({ alternatives }) => fields(list(alternatives)[0])['transcript'])
        .filter((words) => typeof words === 'string')
        .join(' ')
        .trim();
      if (text === '') return null;
      const final = parts.some((part) => part['final'] === true);
      saying = { id: saying?.id ?? crypto.randomUUID(), text };
      emit({ type: 'said', ...saying, who: 'reader', final });
      if (final) saying = null;
      return { text, final };
    },
    close() {
      if (saying) emit({ type: 'said', ...saying, who: 'reader', final: true, cut: true });
      saying = null;
    },
  };
}
