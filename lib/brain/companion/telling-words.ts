import type { Book } from '@/lib/brain/book/book';
import { contentWords, type Word } from '@/lib/brain/book/words';
import type { Wanted } from '@/lib/brain/companion/ask';

/**
 * The words of a question to look for. Left out are those that only say what kind of answer is wanted ("what
 * year") and, where the page does not have them, those that belong to asking rather than to the matter
 * ("mention"); where it does, they are `faint`.
 */
export function tellingWords(
  question: string,
  wants: Wanted,
  book: Book,
): { readonly words: readonly Word[]; readonly faint: ReadonlySet<string> } {
  const words = contentWords(question, book.language);
  const telling = words.filter(([form]) => {
    if (kinds[wants].has(form)) return false;
    return !askingWords.has(form) || book.counts.has(form);
  });
  return { words: telling.length > 0 ? telling : words, faint: askingWords };
}

/** As stems. */
const kinds: Readonly<Record<Wanted, ReadonlySet<string>>> = {
  person: of('person peopl name'),
  time: of('year date dai month time centuri decad long ago'),
  number: of('number amount mani total gram kilo kilogram litr cup spoon'),
  share: of('percentag percent share proport fraction'),
  money: of('cost price much amount monei charg fee'),
  duration: of('long take time minut hour dai old'),
  size: of('big larg far tall deep high wide size height depth width length distanc long'),
  weight: of('heavi weigh weight'),
  heat: of('hot cold warm temperatur'),
  frequency: of('often time'),
  speed: of('fast quickli speed slow slowli'),
  place: of('place countri citi locat state region part'),
  reason: of('reason caus'),
  manner: of('way'),
  thing: of(''),
};

const askingWords = of(
  'page articl text site websit post document stori author write sai said tell mention state talk discuss describ explain ' +
    'mean call name happen know want need come go get make take work kind type sort thing stuff wai us actual realli ' +
    'exactli detail inform info main import specif good bad best worst right wrong possibl current peopl person ' +
    'show find look see give try like look',
);

function of(stems: string): ReadonlySet<string> {
  return new Set(stems.split(' '));
}
