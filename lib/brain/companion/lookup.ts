import type { Book, Sentence } from '@/lib/brain/book/book';
import { contentWords, type Word } from '@/lib/brain/book/words';
import type { Wanted } from '@/lib/brain/companion/ask';
import { definitionOf } from '@/lib/brain/companion/define';
import { quoted, type Piece } from '@/lib/brain/companion/draft';
import { enough, gather, verdict, type Evidence } from '@/lib/brain/companion/evidence';
import { saying, sayingUnder } from '@/lib/brain/companion/frames';
import { listUnder } from '@/lib/brain/companion/list';
import { headingOf } from '@/lib/brain/companion/parts';
import type { Scene } from '@/lib/brain/companion/scene';
import { blind } from '@/lib/brain/companion/talk';
import { tellingWords } from '@/lib/brain/companion/telling-words';
import { fit } from '@/lib/brain/companion/wanted';
import { t } from '@/lib/words';

/** What a lookup needs beside the scene. */
export interface Lookup {
  readonly question: string;
  /** Quoted already since the question was first asked; "more" wants others. */
  readonly isSeen: (sentence: Sentence) => boolean;
  readonly more: boolean;
  /** Words understood without being said: the title's, and what "it" may stand for. */
  readonly topic: ReadonlySet<string>;
}

/** Who, when, how many, why – and everything no rule knows: the page's best sentence, or that it has none. */
export function fact(scene: Scene, what: string, wants: Wanted, lookup: Lookup): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const [best, next] = unseen(book, what, wants, lookup);
  const found = verdict(best, wants);
  if (!best || found === 'silent') return silent(scene, lookup);
  if (found === 'said') return [...opened(book, best.sentence, lookup), ...second(best, next)];
  const reason = wants === 'reason' ? reasonAfter(book, best) : null;
  if (reason) return [...opened(book, best.sentence, lookup), { quote: reason.text }];
  const frame = lookup.more ? saying('more', lookup.question) : nearly(best, wants);
  return [frame, { quote: best.sentence.text }];
}

/** What a term means, who a person is; for a heading over a list, the list. */
export function define(
  scene: Scene,
  ask: { readonly what: string; readonly person: boolean; readonly strict: boolean },
  lookup: Lookup,
): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const { what, person, strict } = ask;
  const list = lookup.more ? [] : listUnder(book, what);
  if (list.length > 0) return list;
  const defined = definitionOf(book, what, person);
  const [first] = defined;
  if (first && !defined.some(lookup.isSeen)) {
    return [opening(book, first, lookup), ...quoted(defined)];
  }
  if (!strict || lookup.more) return fact(scene, what, person ? 'person' : 'thing', lookup);
  const best = unseen(book, what, 'thing', lookup).find((one) => one.coverage >= enough);
  if (!best) return [t('brain.define.unknown', [what])];
  return [t('brain.define.undefined', [what]), { quote: best.sentence.text }];
}

/** "Where does it say", "does it mention". */
export function find(scene: Scene, what: string, yesNo: boolean, lookup: Lookup): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const { words } = tellingWords(what, 'thing', book);
  const found = unseen(book, what, 'thing', lookup, true);
  const having = found.filter(({ sentence }) => hasAll(sentence.terms, words));
  const literally = having.find(({ sentence }) => sentence.text.toLowerCase().includes(what));
  const first = (literally ?? having[0])?.sentence;
  if (first && words.length > 0) {
    if (yesNo && !lookup.more) {
      const [earliest = first] = having.map((one) => one.sentence).sort((a, b) => a.id - b.id);
      return [t('brain.find.times', having.length), { quote: earliest.text }];
    }
    const heading = headingOf(book, first);
    const where =
      heading === null ? saying('said', lookup.question) : t('brain.under.a', [heading]);
    return [lookup.more ? saying('more', lookup.question) : where, { quote: first.text }];
  }
  if (lookup.more) return [t('brain.more.none')];
  const headed = headedBy(book, words);
  if (headed) {
    return [t('brain.find.heading', [headingOf(book, headed) ?? '']), { quote: headed.text }];
  }
  const [best] = found;
  if (!best || verdict(best, 'thing') === 'silent') return [t('brain.find.not', [what])];
  if (!yesNo && best.coverage > 0.7) return opened(book, best.sentence, lookup);
  return [t('brain.find.not', [what]), t('brain.find.nearest'), { quote: best.sentence.text }];
}

export function compare(scene: Scene, left: string, right: string, lookup: Lookup): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const sides = [left, right].map((side) => contentWords(side, book.language));
  const both = gather(book, { words: sides.flat(), wants: 'thing' })
    .filter(({ sentence }) => setsSideBySide(sentence, sides) && !lookup.isSeen(sentence))
    .sort((a, b) => contrast(b.sentence) - contrast(a.sentence))
    .map(({ sentence }) => sentence);
  if (both.length > 0) return [t('brain.compare.both'), ...quoted(both.slice(0, 2))];
  if (lookup.more) return [t('brain.more.none')];
  const [ofLeft, ofRight] = [left, right].map((side) => bestOf(book, side));
  if (ofLeft && ofRight) {
    return [t('brain.compare.apart'), { quote: ofLeft.text }, { quote: ofRight.text }];
  }
  const only = ofLeft ?? ofRight;
  if (!only) return [t('brain.compare.neither', [left, right])];
  return [t('brain.compare.only', ofLeft ? [left, right] : [right, left]), { quote: only.text }];
}

function unseen(
  book: Book,
  what: string,
  wants: Wanted,
  { topic, isSeen }: Lookup,
  withTraps = false,
): Evidence[] {
  const words = tellingWords(what, wants, book);
  const quest = { ...words, wants, topic, phrase: what.toLowerCase(), withTraps };
  return gather(book, quest).filter(({ sentence }) => !isSeen(sentence));
}

/** A second sentence only when it serves the question as well as the first. */
function second(best: Evidence, next: Evidence | undefined): Piece[] {
  if (!next || next.score < best.score * 0.9 || next.coverage < best.coverage) return [];
  return next.fits ? [t('brain.also'), { quote: next.sentence.text }] : [];
}

function opened(book: Book, sentence: Sentence, lookup: Lookup): Piece[] {
  return [opening(book, sentence, lookup), { quote: sentence.text }];
}

function opening(book: Book, sentence: Sentence, { question, more }: Lookup): string {
  return more ? saying('more', question) : sayingUnder(headingOf(book, sentence), question);
}

function silent(scene: Scene, { question, more }: Lookup): Piece[] {
  if (more) return [t('brain.more.none')];
  return [scene.page === null ? t('brain.silent.selection') : saying('silent', question)];
}

/** What exactly is missing: the right subject without a date is another thing than another subject. */
function nearly(best: Evidence, wants: Wanted): string {
  if (best.coverage < enough || best.fits) return t('brain.near');
  switch (wants) {
    case 'person':
      return t('brain.missing.person');
    case 'time':
      return t('brain.missing.time');
    case 'number':
    case 'share':
    case 'money':
    case 'duration':
    case 'size':
    case 'weight':
    case 'heat':
    case 'frequency':
    case 'speed':
      return t('brain.missing.amount');
    case 'place':
      return t('brain.missing.place');
    case 'reason':
      return t('brain.missing.reason');
    case 'manner':
    case 'thing':
      return t('brain.near');
  }
}

/** "Do not skip the salt. Without it the dough turns sour": the reason leans on what it is given for. */
function reasonAfter(book: Book, { sentence, coverage }: Evidence): Sentence | null {
  const next = book.sentences[sentence.id + 1];
  if (coverage < enough || next?.part !== sentence.part || next.before.length === 0) return null;
  return fit(next.text, 'reason', [], book.language) > 0 ? next : null;
}

function hasAll(terms: readonly string[], words: readonly Word[]): boolean {
  return words.every((word) => word.some((form) => terms.includes(form)));
}

/** The first sentence under a heading that has all the words. */
function headedBy(book: Book, words: readonly Word[]): Sentence | null {
  if (words.length === 0) return null;
  const heading = book.sentences.find((one) => one.isHeading && hasAll(one.terms, words));
  const first = heading && book.sentences[heading.id + 1];
  return first && !first.isHeading ? first : null;
}

/** One side stands in the sentence itself, the other there too, or above or before it. */
function setsSideBySide(sentence: Sentence, sides: readonly (readonly Word[])[]): boolean {
  const around = [...sentence.terms, ...sentence.heading, ...sentence.before];
  if (!sides.every((side) => hasAll(around, side))) return false;
  const within = sides.filter((side) => hasAll(sentence.terms, side)).length;
  return within === 2 || (within === 1 && contrast(sentence) > 0);
}

function bestOf(book: Book, side: string): Sentence | null {
  const [defined] = definitionOf(book, side, false);
  if (defined) return defined;
  const [best] = gather(book, { words: contentWords(side, book.language), wants: 'thing' });
  return best && best.coverage >= enough ? best.sentence : null;
}

/** Words that set two things against each other. */
function contrast({ text }: Sentence): number {
  return /\b(?:while|whereas|unlike|than|but|instead|differ\w*|compared|rather|both|in contrast|on the other hand)\b/iu.test(
    text,
  )
    ? 1
    : 0;
}
