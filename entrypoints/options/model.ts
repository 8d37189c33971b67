import { signal, type ReadonlySignal } from '@preact/signals';
import type { ModelState } from '@/components/options/BrainChapter';
import { downloadModel, modelAvailability } from '@/lib/brain/model';
import { isAppError } from '@/lib/errors';

export interface Model {
  readonly state: ReadonlySignal<ModelState>;
  /** To be called in the click itself: browsers want the reader's gesture for it. */
  readonly download: () => void;
  readonly cancel: () => void;
}

export function findModel(): Model {
  const state = signal<ModelState>(null);
  const languageModel: unknown = Reflect.get(globalThis, 'LanguageModel');
  let stop = new AbortController();

  const look = async () => {
    state.value = await modelAvailability(languageModel);
  };
  void look();

  return {
    state,
    download() {
      stop = new AbortController();
      state.value = { progress: null };
      downloadModel(languageModel, (progress) => (state.value = { progress }), stop.signal).then(
        look,
        async (error: unknown) => {
          if (isAppError(error) && error.code === 'aborted') await look();
          else state.value = 'failed';
        },
      );
    },
    cancel: () => stop.abort(),
  };
}
