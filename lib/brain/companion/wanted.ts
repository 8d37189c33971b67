import type { Wanted } from '@/lib/brain/companion/ask';
import { contentWords, type Word } from '@/lib/brain/book/words';

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
      return isLatin(sentence) ? nameFit(sentence) : 1;
    case 'time':
      return time.test(sentence) ? 1.5 : 0;
    case 'number':
      return amountFit(sentence, words, language);
    case 'money':
      return money.test(sentence) ? 1.6 : number.test(sentence) ? 0.7 : 0;
    case 'duration':
      return measure.test(sentence) ? 1.5 : frequency.test(sentence) ? 1.2 : 0;
    case 'place':
      return isLatin(sentence) ? placeFit(sentence) : 1;
    case 'reason':
      return reason.test(sentence) ? 1.6 : 0;
    case 'manner':
      return manner.test(sentence) ? 1.3 : 1;
    case 'thing':
      return 1;
  }
}

/** What must be in the sentence for it to be an answer at all. */
export function isDemanding(wants: Wanted): boolean {
  return wants !== 'manner' && wants !== 'thing';
}

const numeral =
  '(?:\\p{N}[\\p{N}.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|half|twice|several|一|二|两|三|四|五|六|七|八|九|十|百|千|万|亿)';
const number = new RegExp(`(?<![\\p{L}\\p{N}])${numeral}|[一二两三四五六七八九十百千万亿]+`, 'iu');
const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const time = new RegExp(
  `(?<!\\p{N})(?:1[0-9]{3}|20[0-9]{2})(?![\\p{N}.,]\\p{N}|\\p{N}|%)(?! (?:hectares|people|metres|meters|kilomet|km|miles|tonnes|grams|g\\b|ml\\b|reefs|species))|\\b(?:${months}) \\d|\\d (?:${months})\\b|\\b(?:in|since|last|next|this|every|by|until|of|early|late|mid) ?-?(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday|night|week|month|year)\\b|\\b(?:today|yesterday|tomorrow|tonight|century|decade|ago|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\\b|\\d ?(?:a\\.?m\\b|p\\.?m\\b)|\\b\\d{1,2}:\\d{2}\\b|\\d+ ?[年月日]|[٠-٩]{3,4}|\\p{N}{4}`,
  'iu',
);
const money =
  /[$€£¥₹₪₽]\s?\p{N}|\p{N}[\p{N}.,]*\s?(?:[$€£¥₹₪₽]|(?:thousand |million |billion )?(?:dollars?|euros?|pounds?|cents?|yen|yuan|usd|eur|gbp|元|円|万元|亿元|شيكل|دولار|שקל|דולר))|\bfree\b/iu;
const measure = new RegExp(
  `${numeral}(?:[ -](?:and a half|to|or|–|-|more|another|further|about|hundred|thousand|million|\\p{N}+))*[ -]?(?:%|°|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|decades?|centuries|km|kilomet(?:er|re)s?|met(?:er|re)s?|m\\b|cm\\b|mm\\b|centimet|millimet|miles?|feet|foot|ft|inch|yards?|kg\\b|kilograms?|grams?|g\\b|tonnes?|tons?|pounds?|lit(?:er|re)s?|ml\\b|degrees?|hectares?|acres?|square|knots?|mph|ms\\b|分钟|小时|天|年|公里|米|公斤|دقيق|ساع|يوم|سنة|متر|דקות|שעות|ימים|שנים|מטר)|\\b(?:an hour|a day|a week|a month|a year|overnight|a minute)\\b`,
  'iu',
);
const frequency =
  /\b(?:every|once|twice|daily|weekly|monthly|yearly|annually|hourly|nightly|often|always|never|times a|per (?:day|week|month|year|minute|second|hour))\b/iu;
const reason =
  /\b(?:because|since|due to|so that|owing to|thanks to|as a result|results? (?:in|from)|caused? by|causes?|leads? to|led to|in order to|therefore|that is why|this is why|the reason|the cause|why|keeps? .* from|prevents?|driven by|blamed?|otherwise|or (?:else|it|they) (?:will|would)|which (?:makes|means|keeps|helps|lets|allows)|to (?:keep|avoid|prevent|protect|help|make|stop|let|allow|ensure|save|reduce|meet|cut))\b|因为|由于|因此|所以|为了|ため|から|بسبب|لأن|نتيجة|בגלל|כי |מפני|כדי/iu;
const manner =
  /\b(?:by \w+ing|using|use|with|through|via|first|then|until|so that|call|send|add|set|mix|pass|include|press|run|place|heat)\b/iu;

function isLatin(sentence: string): boolean {
  return (
    /\p{sc=Latin}/u.test(sentence) &&
    !/[\p{sc=Han}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Kana}]/u.test(sentence)
  );
}

/** Two capitalised words together, a title, a role; a lone capital inside the sentence counts less. */
function nameFit(sentence: string): number {
  if (
    /\b(?:Dr|Mr|Mrs|Ms|Prof|Sir|Dame)\.? \p{Lu}|\p{Lu}\p{Ll}+ (?:\p{Lu}\. ?)*(?:de |van |von |al-)?\p{Lu}\p{Ll}+/u.test(
      sentence,
    )
  ) {
    return 1.5;
  }
  if (
    /\b(?:researchers?|scientists?|professor|director|president|chief|officer|ceo|founders?|author|team|company|university|institute|government|council|engineers?|volunteers?|manager|minister|authority|administrators?|owners?|users?|divers|biologists?)\b/iu.test(
      sentence,
    )
  ) {
    return 1.1;
  }
  return /[^.!?“"] \p{Lu}\p{Ll}+/u.test(sentence) ? 0.8 : 0;
}

function placeFit(sentence: string): number {
  if (
    /\b(?:in|at|near|off|along|from|to|around|across|between|outside|inside|of|on|under|north|south|east|west) (?:the )?(?:[a-z]+ (?:of|off|coast of) )?(?:the )?\p{Lu}\p{Ll}+/u.test(
      sentence,
    )
  ) {
    return 1.4;
  }
  return /\b(?:in|at|near|off|along|on|under|inside|above|below|around|between|beneath) (?:the|a|an|your|its|their|every|each|all|most|warm|shallow|cold|deep)\b/iu.test(
    sentence,
  )
    ? 1
    : 0;
}

/** "120 volunteers" beats any other number. */
function amountFit(sentence: string, words: readonly Word[], language: string | null): number {
  if (!number.test(sentence)) return 0;
  const counted = words[0];
  if (!counted) return 1;
  for (const amount of sentence.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${numeral}`, 'giu'))) {
    const after = sentence
      .slice(amount.index + amount[0].length)
      .split(/\s+/u, 6)
      .join(' ');
    const near = contentWords(after, language).slice(0, 3).flat();
    if (counted.some((form) => near.includes(form))) return 2;
  }
  return 1;
}
