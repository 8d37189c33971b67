import type { Brain } from '@/lib/brain/brain';
import { createCompanion } from '@/lib/brain/companion/companion';
import type { PageContext, Quote } from '@/lib/page/page';
import type { Turn } from '@/lib/session/provider';

export interface Told {
  readonly text: string;
  readonly quotes: readonly Quote[];
  /** Everything that was told on the way. */
  readonly texts: readonly string[];
}

/** Asks and waits for the whole answer. */
export async function ask(
  question: string,
  context: PageContext | null,
  {
    brain = createCompanion(),
    history = [],
    signal = new AbortController().signal,
  }: { brain?: Brain; history?: readonly Turn[]; signal?: AbortSignal } = {},
): Promise<Told> {
  const texts: string[] = [];
  let quotes: readonly Quote[] = [];
  await brain.answer({
    question,
    context,
    history,
    language: 'en',
    signal,
    tell: (text, standing) => {
      texts.push(text);
      quotes = standing;
    },
  });
  return { text: texts.at(-1) ?? '', quotes, texts };
}

/** A talk: each question is asked with what was said before; returns the last answer. */
export async function talk(
  questions: readonly string[],
  context: PageContext | null,
): Promise<Told> {
  const brain = createCompanion();
  const history: Turn[] = [];
  let told: Told = { text: '', quotes: [], texts: [] };
  for (const question of questions) {
    told = await ask(question, context, { brain, history });
    history.push({ who: 'reader', text: question }, { who: 'avatar', text: told.text });
  }
  return told;
}
