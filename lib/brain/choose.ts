import type { Brain } from '@/lib/brain/brain';
import { isLanguageModel } from '@/lib/brain/language-model';
import { modelAvailability } from '@/lib/brain/model';

/**
 * The best mind this browser has: its language model where it is ready, else the companion, which always is.
 * Never fetches a model: that takes the reader's consent. Each mind is loaded only when it is chosen.
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
  if (preference === 'companion' || !isLanguageModel(languageModel)) return companion();
  if ((await modelAvailability(languageModel)) !== 'available') return companion();
  try {
    const { createModelBrain } = await import('@/lib/brain/model-brain');
    return await createModelBrain(languageModel);
  } catch {
    // A model that cannot start is as good as none, and the reader still gets an answer.
    return companion();
  }
}

async function companion(): Promise<Brain> {
  const { createCompanion } = await import('@/lib/brain/companion/companion');
  return createCompanion();
}
