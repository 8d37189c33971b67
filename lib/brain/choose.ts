import type { Brain } from '@/lib/brain/brain';
import { createCompanion } from '@/lib/brain/companion/companion';
import { isLanguageModel } from '@/lib/brain/language-model';
import { modelAvailability } from '@/lib/brain/model';
import { createModelBrain } from '@/lib/brain/model-brain';

/**
 * The best mind this browser has: its language model where it is ready, else the companion, which always is.
 * Never fetches a model: that takes the reader's consent.
 *
 * @param languageModel the global of that name, whatever it is.
 */
export async function chooseBrain({
  preference,
  languageModel,
}: {
  readonly preference: 'auto' | 'companion';
  readonly languageModel: unknown;
}): Promise<Brain> {
  if (preference === 'companion' || !isLanguageModel(languageModel)) return createCompanion();
  if ((await modelAvailability(languageModel)) !== 'available') return createCompanion();
  try {
    return await createModelBrain(languageModel);
  } catch {
    // A model that cannot start is as good as none, and the reader still gets an answer.
    return createCompanion();
  }
}
