import { contentWords, type Word } from '@/lib/brain/book/words';
import type { Wanted } from '@/lib/brain/companion/ask';
import { measures, monthOrWeekday } from '@/lib/brain/companion/measures';

/**
 * How well a sentence has the kind of thing that was asked for: 0 not at all, 1 yes, up to 2 just so.
 *
 * @param words what was asked, so that "how many volunteers" prefers a number of volunteers.
 */
export function fit(
  sentence: string,
  wants: Wanted,
  words: readonly Word[],
  language: string | null,
): number {
  switch (wants) {
    case 'person':
      return nameFit(sentence);
    case 'place':
      return placeFit(sentence);
    case 'number':
      return amountFit(sentence, words, language);
    case 'duration':
      return measures.duration.test(sentence) ? 1.6 : measures.size.test(sentence) ? 1 : 0;
    case 'size':
      return measures.size.test(sentence) ? 1.6 : measures.number.test(sentence) ? 0.4 : 0;
    case 'speed':
      return measures.speed.test(sentence) ? 1.6 : measures.duration.test(sentence) ? 1 : 0;
    case 'share':
    case 'weight':
    case 'heat':
    case 'frequency':
    case 'time':
    case 'money':
      return measures[wants].test(sentence) ? 1.6 : 0;
    case 'reason':
      return reason.test(sentence) ? 1.6 : 0;
    case 'manner':
      return manner.test(sentence) ? 1.3 : 1;
    case 'thing':
      return 1;
  }
}

/** Whether a sentence without the wanted kind of thing is no answer. */
export function isDemanding(wants: Wanted): boolean {
  return wants !== 'manner' && wants !== 'thing';
}

const reason =
  /\b(?:because|since|due to|so that|owing to|thanks to|as a result|results? (?:in|from)|caused? by|causes?|leads? to|led to|in order to|therefore|(?:that|this) is why|the (?:reason|cause)|explains|prevents?|driven by|otherwise|without (?:it|them)|which (?:makes|means|keeps|helps|lets|allows)|to (?:keep|avoid|prevent|protect|make|stop|let|allow|ensure|save|reduce|meet|cut))\b|因为|由于|因此|所以|为了|ため|から|بسبب|لأن|نتيجة|בגלל|כי |מפני|כדי/iu;
const manner =
  /\b(?:by \w+ing|using|use|with|through|via|first|then|until|call|send|add|set|mix|pass|press|run)\b/iu;

/** In scripts without capitals nobody can tell a name by its looks. */
const caseless = /[\p{sc=Han}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

/** Two capitalised words together or a title is a name; a role is half of one; a lone capital hardly. */
function nameFit(sentence: string): number {
  if (fullName.test(sentence)) return 1.5;
  if (role.test(sentence) || caseless.test(sentence)) return 1;
  return /[^.!?“"] \p{Lu}\p{Ll}+/u.test(sentence) ? 0.8 : 0;
}

const fullName =
  /\b(?:Dr|Mrs?|Ms|Prof|Sir|Dame)\.? \p{Lu}|\p{Lu}\p{Ll}+ (?:\p{Lu}\. ?)*(?:de |van |von |al-)?\p{Lu}\p{Ll}+/u;
const role =
  /\b(?:(?:research|found|own|us|div|teach|lead|engine)e?e?rs?|scientists?|professor|director|president|chief|officer|author|team|company|university|institute|government|council|volunteers?|manager|minister|authority|(?:grand)?(?:mother|father)|brothers?|sisters?)\b/iu;

function placeFit(sentence: string): number {
  for (const [, name = ''] of sentence.matchAll(atName)) {
    if (!calendar.test(name)) return 1.4;
  }
  return somewhere.test(sentence) || caseless.test(sentence) ? 1 : 0;
}

const atName =
  /\b(?:[Ii]n|[Aa]t|near|[Oo]ff|along|from|to|around|across|between|on|under|north|south|east|west) (?:[a-z]+ (?:of|off) )?(?:the )?(\p{Lu}\p{Ll}+)/gu;
const calendar = new RegExp(`^(?:${monthOrWeekday})$`, 'iu');
const somewhere =
  /\b(?:in|at|near|off|along|on|under|inside|above|below|around|between|beneath) (?:the|an?|your|its|their|every|each|all|most|warm|shallow|cold|deep)\b/iu;

/** "120 volunteers" beats any other number. */
function amountFit(sentence: string, words: readonly Word[], language: string | null): number {
  if (!measures.number.test(sentence)) return 0;
  const counted = words[0];
  if (!counted) return 1;
  for (const amount of sentence.matchAll(new RegExp(measures.number, 'giu'))) {
    const after = sentence.slice(amount.index + amount[0].length).split(/\s+/u, 6);
    const near = contentWords(after.join(' '), language).slice(0, 3).flat();
    if (counted.some((form) => near.includes(form))) return 2;
  }
  return 1;
}
