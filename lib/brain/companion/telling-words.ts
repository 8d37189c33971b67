import type { Book } from '@/lib/brain/book/book';
import { contentWords, type Word } from '@/lib/brain/book/words';
import type { Wanted } from '@/lib/brain/companion/ask';

/**
 * The words of a question to look for. Left out are those that only say what kind of answer is wanted ("what
 * year") and, where the page does not have them, those that belong to asking rather than to the matter ("mention").
 */
export function tellingWords(question: string, wants: Wanted, book: Book): Word[] {
  const words = contentWords(question, book.language);
  const telling = words.filter(([form]) => {
    if (kinds[wants].has(form)) return false;
    return !askingWords.has(form) || book.counts.has(form);
  });
  return telling.length > 0 ? telling : words;
}

/** As stems. */
const kinds: Readonly<Record<Wanted, ReadonlySet<string>>> = {
  person: of('person peopl name'),
  time: of('year date dai month time centuri decad long ago'),
  number: of('number amount mani percentag percent share proport total'),
  money: of('cost price much amount monei charg pai fee'),
  duration: of('long often far old fast tall deep high wide big larg heavi hot cold warm take'),
  place: of('place countri citi locat state region part'),
  reason: of('reason caus'),
  manner: of('way work'),
  thing: of(''),
};

const askingWords = of(
  'page articl text site websit post document stori author write sai said tell mention state talk discuss describ explain ' +
    'mean call name happen know want need come go get make take work kind type sort thing stuff wai use actual realli ' +
    'exactli detail inform info main import specif two three good bad best worst right wrong possibl current there',
);

function of(stems: string): ReadonlySet<string> {
  return new Set(stems.split(' '));
}
