import { AppError, toAppError } from '@/lib/errors';
import { isLanguageModel, type LanguageModelOptions } from '@/lib/brain/language-model';

export type ModelAvailability = 'available' | 'downloadable' | 'downloading' | 'unavailable';

/**
 * What we tell the model we speak. English alone is what every version takes: a language a version does not
 * know makes `create` fail, and the model answers in others all the same.
 */
export const modelOptions: LanguageModelOptions = {
  expectedInputs: [{ type: 'text', languages: ['en'] }],
  expectedOutputs: [{ type: 'text', languages: ['en'] }],
};

/** Whether the browser has a model of its own. Never rejects: no such global, or one that throws, is `unavailable`. */
export async function modelAvailability(languageModel: unknown): Promise<ModelAvailability> {
  if (!isLanguageModel(languageModel)) return 'unavailable';
  try {
    const said = await languageModel.availability(modelOptions);
    return known.find((one) => one === said) ?? 'unavailable';
  } catch {
    return 'unavailable';
  }
}

const known: readonly ModelAvailability[] = ['available', 'downloadable', 'downloading'];

/**
 * Has the browser fetch its model. Must be called in a click: browsers refuse it without one, and the reader has
 * to agree first, which is the caller's part.
 *
 * @param onProgress a share, 0 to 1.
 * @throws AppError `aborted` when the signal says so (the browser may still go on by itself), else `model_failed`.
 */
export async function downloadModel(
  languageModel: unknown,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!isLanguageModel(languageModel)) throw new AppError('model_failed');
  try {
    signal.throwIfAborted();
    const session = await languageModel.create({
      ...modelOptions,
      signal,
      monitor: (monitor) => {
        monitor.addEventListener('downloadprogress', (event) => {
          if (!signal.aborted) onProgress(shareOf(event));
        });
      },
    });
    session.destroy();
    signal.throwIfAborted();
  } catch (thrown) {
    throw signal.aborted
      ? new AppError('aborted', { cause: thrown })
      : toAppError(thrown, 'model_failed');
  }
}

/** `loaded` is a share of 1 today, and was bytes of `total` in the first versions. */
function shareOf(event: Event): number {
  const loaded = 'loaded' in event && typeof event.loaded === 'number' ? event.loaded : 0;
  const total =
    'total' in event && typeof event.total === 'number' && event.total > 0 ? event.total : 1;
  return Math.min(1, Math.max(0, loaded / total));
}
