import type { Book, Sentence } from '@/lib/brain/book/book';
import { meant } from '@/lib/brain/book/spelling';
import { alike } from '@/lib/brain/book/synonyms';
import type { Word } from '@/lib/brain/book/words';

/** A sentence that has something of what was asked. */
export interface Hit {
  readonly sentence: Sentence;
  /** BM25, only comparable within one search. */
  readonly score: number;
  /** Share of the question's weight it accounts for, 0 to 1; a rare word weighs more than a common one. */
  readonly coverage: number;
}

export interface Seeking {
  /** Words the whole page is about (its title): they count as understood in every sentence. */
  readonly topic?: ReadonlySet<string>;
  /** Words that help little to tell the right sentence. */
  readonly faint?: ReadonlySet<string>;
}

/** How sure a word is found by one of its forms, by a corrected slip, by a neighbour in meaning. */
const sureness = { own: 1, part: 0.8, slip: 0.8, neighbour: 0.75 };
/** How much of a word counts that is only above or before the sentence, or only in the page's title. */
const elsewhere = { nearby: 0.8, title: 0.7 };

/** Words of a question that count; nobody means more at once, and each costs a search. */
const most = 60;

/** Sentences by BM25, best first, headings left out. */
export function seek(book: Book, words: readonly Word[], { topic, faint }: Seeking = {}): Hit[] {
  const wanted = words.slice(0, most).map((word) => ({
    word,
    forms: formsWanted(book, word),
    weight: weigh(book, word) * (faint?.has(word[0]) === true ? 0.3 : 1),
  }));
  const total = wanted.reduce((sum, one) => sum + one.weight, 0);
  const boosts = new Map<string, number>();
  for (const { word, forms } of wanted) {
    const weight = faint?.has(word[0]) === true ? 0.3 : 1;
    for (const [form, sure] of forms) {
      boosts.set(form, Math.max(boosts.get(form) ?? 0, weight * sure));
    }
  }
  if (boosts.size === 0) return [];
  const hits: Hit[] = [];
  for (const { text, score, fields } of book.ranking.search(boosts)) {
    const sentence = book.sentences[text];
    if (!sentence || sentence.isHeading) continue;
    let covered = 0;
    for (const { word, forms, weight } of wanted) {
      let share = topic && word.some((form) => topic.has(form)) ? elsewhere.title : 0;
      for (const [form, sure] of forms) {
        const field = fields.get(form);
        if (field === undefined) continue;
        share = Math.max(share, sure * (field === 0 ? 1 : elsewhere.nearby));
      }
      covered += weight * share;
    }
    hits.push({ sentence, score, coverage: covered / total });
  }
  return hits.sort((a, b) => b.score - a.score);
}

/** Inverse document frequency, as in BM25; a word the page does not have weighs most. */
function weigh(book: Book, word: Word): number {
  const [own, ...parts] = word.map((form) => book.counts.get(form) ?? 0);
  const count = own === undefined || own === 0 ? Math.max(0, ...parts) : own;
  return Math.log(1 + (book.sentences.length - count + 0.5) / (count + 0.5));
}

/** Every form to look for, with how sure it is the word that was meant. */
function formsWanted(book: Book, word: Word): ReadonlyMap<string, number> {
  const forms = new Map<string, number>();
  for (const form of alike(word)) forms.set(form, sureness.neighbour);
  const [own, ...parts] = word;
  for (const part of parts) forms.set(part, sureness.part);
  forms.set(own, sureness.own);
  if (word.every((form) => !book.counts.has(form))) {
    const slip = meant(own, book.counts, book.language);
    if (slip !== null) forms.set(slip, sureness.slip);
  }
  return forms;
}
