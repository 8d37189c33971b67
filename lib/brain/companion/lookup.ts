import type { Book, Sentence } from '@/lib/brain/book/book';
import { contentWords, type Word } from '@/lib/brain/book/words';
import type { Wanted } from '@/lib/brain/companion/ask';
import { definitionOf } from '@/lib/brain/companion/define';
import type { Piece } from '@/lib/brain/companion/draft';
import { enough, gather, verdict, type Evidence } from '@/lib/brain/companion/evidence';
import { saying, sayingUnder } from '@/lib/brain/companion/frames';
import { headingOf } from '@/lib/brain/companion/parts';
import type { Scene } from '@/lib/brain/companion/scene';
import { blind } from '@/lib/brain/companion/talk';
import { tellingWords } from '@/lib/brain/companion/telling-words';
import { t } from '@/lib/words';

/** What a lookup needs beside the scene. */
export interface Lookup {
  readonly question: string;
  /** Quoted already since the question was first asked; "more" wants others. */
  readonly isSeen: (sentence: Sentence) => boolean;
  readonly more: boolean;
}

/** Who, when, how many, why – and everything no rule knows: the page's best sentence, or that it has none. */
export function fact(scene: Scene, what: string, wants: Wanted, lookup: Lookup): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const words = tellingWords(what, wants, book);
  const found = gather(book, words, wants, scene.topic).filter(
    (one) => !lookup.isSeen(one.sentence),
  );
  const [best, next] = found;
  const verdictOf = verdict(best, wants);
  if (!best || verdictOf === 'silent') return silent(scene, lookup);
  if (verdictOf === 'near') {
    return [
      lookup.more ? saying('more', lookup.question) : nearly(best, wants),
      { quote: best.sentence.text },
    ];
  }
  return [
    opening(book, best.sentence, lookup),
    { quote: best.sentence.text },
    ...second(best, next),
  ];
}

export function define(
  scene: Scene,
  what: string,
  person: boolean,
  strict: boolean,
  lookup: Lookup,
): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const defined = definitionOf(book, what, person);
  if (defined && !lookup.isSeen(defined))
    return [opening(book, defined, lookup), { quote: defined.text }];
  if (!strict || lookup.more) return fact(scene, what, person ? 'person' : 'thing', lookup);
  const words = tellingWords(what, 'thing', book);
  const best = gather(book, words, 'thing', scene.topic).find((one) => one.coverage >= enough);
  if (!best) return [t('brain.define.unknown', [what])];
  return [t('brain.define.undefined', [what]), { quote: best.sentence.text }];
}

/** "Where does it say", "does it mention". */
export function find(scene: Scene, what: string, yesNo: boolean, lookup: Lookup): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const words = tellingWords(what, 'thing', book);
  const found = gather(book, words, 'thing', scene.topic).filter(
    (one) => !lookup.isSeen(one.sentence),
  );
  const having = found.filter((one) => words.every((word) => has(one.sentence, word)));
  const literally = having.find((one) => one.sentence.text.toLowerCase().includes(what));
  const first = literally ?? having[0];
  if (first && words.length > 0) {
    const quote = { quote: first.sentence.text };
    if (yesNo) return [t('brain.find.times', having.length), quote];
    const heading = headingOf(book, first.sentence);
    return [
      heading === null ? saying('said', lookup.question) : t('brain.under.a', [heading]),
      quote,
    ];
  }
  const headed = headedBy(book, words);
  if (headed)
    return [t('brain.find.heading', [headingOf(book, headed) ?? '']), { quote: headed.text }];
  const [best] = found;
  if (!best || verdict(best, 'thing') === 'silent') return [t('brain.find.not', [what])];
  if (!yesNo && best.coverage > 0.7)
    return [opening(book, best.sentence, lookup), { quote: best.sentence.text }];
  return [t('brain.find.not', [what]), t('brain.find.nearest'), { quote: best.sentence.text }];
}

export function compare(scene: Scene, left: string, right: string, lookup: Lookup): Piece[] {
  const { book } = scene;
  if (book === null) return blind(scene);
  const sides = [left, right].map((side) => contentWords(side, book.language));
  const both = gather(book, sides.flat(), 'thing', new Set())
    .filter(({ sentence }) => sides.every((side) => side.every((word) => has(sentence, word))))
    .sort((a, b) => contrast(b.sentence) - contrast(a.sentence));
  if (both[0])
    return [
      t('brain.compare.both'),
      ...both.slice(0, 2).map(({ sentence }) => ({ quote: sentence.text })),
    ];
  const [ofLeft, ofRight] = [left, right].map((side) => bestOf(book, side, lookup));
  if (ofLeft && ofRight)
    return [t('brain.compare.apart'), { quote: ofLeft.text }, { quote: ofRight.text }];
  const only = ofLeft ?? ofRight;
  if (!only) return [t('brain.compare.neither', [left, right])];
  return [t('brain.compare.only', ofLeft ? [left, right] : [right, left]), { quote: only.text }];
}

/** A second sentence only when it serves the question as well as the first. */
function second(best: Evidence, next: Evidence | undefined): Piece[] {
  if (!next || next.score < best.score * 0.82 || next.coverage < best.coverage * 0.95) return [];
  return next.fits ? [t('brain.also'), { quote: next.sentence.text }] : [];
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
    case 'money':
    case 'duration':
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

function has(sentence: Sentence, word: Word): boolean {
  return word.some((form) => sentence.terms.includes(form));
}

/** The first sentence under a heading that has all the words. */
function headedBy(book: Book, words: readonly Word[]): Sentence | null {
  if (words.length === 0) return null;
  const heading = book.sentences.find(
    (one) => one.isHeading && words.every((word) => has(one, word)),
  );
  const first = heading && book.sentences[heading.id + 1];
  return first && !first.isHeading ? first : null;
}

function bestOf(book: Book, side: string, { isSeen }: Lookup): Sentence | null {
  const defined = definitionOf(book, side, false);
  if (defined && !isSeen(defined)) return defined;
  const words = contentWords(side, book.language);
  const best = gather(book, words, 'thing', new Set())[0];
  return best && best.coverage >= enough ? best.sentence : null;
}

/** Words that set two things against each other. */
function contrast({ text }: Sentence): number {
  return /\b(?:while|whereas|unlike|than|but|instead|differ\w*|compared|rather|both|by contrast|in contrast|on the other hand)\b/iu.test(
    text,
  )
    ? 1
    : 0;
}
