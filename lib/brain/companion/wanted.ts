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
    case 'place':
      return isLatin(sentence) ? placeFit(sentence) : 1;
    case 'number':
      return amountFit(sentence, words, language);
    case 'share':
      return share.test(sentence) ? 1.6 : 0;
    case 'size':
      return size.test(sentence) ? 1.6 : number.test(sentence) ? 0.4 : 0;
    case 'speed':
      return speed.test(sentence) ? 1.5 : manyUnits.test(sentence) ? 1 : 0;
    case 'time':
      return time.test(sentence) ? 1.5 : 0;
    case 'money':
      return money.test(sentence) ? 1.6 : 0;
    case 'duration':
      return duration.test(sentence) ? 1.6 : size.test(sentence) ? 1 : 0;
    case 'weight':
      return weight.test(sentence) ? 1.6 : 0;
    case 'heat':
      return heat.test(sentence) ? 1.6 : 0;
    case 'frequency':
      return frequency.test(sentence) ? 1.5 : 0;
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

const spelled =
  'an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|ninety|dozens?|hundreds?|thousands?|millions?|billions?|half|several|few';
/** Digits, a number in words, or Chinese numerals. */
const numeral = `(?:(?<![\\p{sc=Latin}\\p{N}])\\p{N}[\\p{N}.,]*|(?<!\\p{L})(?:${spelled})(?!\\p{L})|[一二两三四五六七八九十百千万亿]+)`;
const number = new RegExp(numeral.replace('an?|', '').replace('|few', ''), 'iu');

/** A number with one of these units close behind it. */
const measured = (units: string) =>
  new RegExp(
    `${numeral}(?:[ -](?:and a half|to|or|–|-|more|another|further|about|hundred|thousand|million|billion|square|cubic|nautical|${numeral}))*[ -]?(?:${units})`,
    'iu',
  );

const duration = measured(
  '(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|years?|decades?|centuries|ms)\\b|秒|分钟|个?小时|天|年|個月|个月|時間|分間|دقيق|ساع|يوم|سنة|عام|דקות|שעות|ימים|שנים',
);
const size = measured(
  '(?:km|kilomet(?:er|re)s?|met(?:er|re)s?|m|cm|mm|centimet(?:er|re)s?|millimet(?:er|re)s?|miles?|feet|foot|ft|inch(?:es)?|yards?|hectares?|acres?|km²|m²|lit(?:er|re)s?|ml|pages|people|inhabitants|residents|GB|MB|kB)\\b|公里|米|平方|متر|كيلومتر|מטר|קילומטר',
);
const weight = measured(
  '(?:kg|kilograms?|kilos?|grams?|g|mg|tonnes?|tons?|pounds?|lbs?|ounces?|oz)\\b|公斤|千克|克|吨|كيلو|غرام|ק"ג|גרם',
);
const heat = measured('°|degrees?\\b|º|K\\b|度|℃|درج|מעלות');
const share =
  /\p{N} ?%|％|\bper ?cent\b|\b(?:half|quarter|third|fifth|tenth|majority|most|all|none) of\b|\bone in \w+\b|百分之/iu;
const manyUnits = new RegExp(`${duration.source}|${size.source}`, 'iu');
const speed =
  /\b(?:km\/h|mph|kph|knots|m\/s|per (?:second|minute|hour|day|week|month|year)|(?:a|each|every) (?:second|minute|hour|day|week|month|year)|times as fast|faster|slower|slowly|quickly)\b/iu;
const frequency =
  /\b(?:every|once|twice|daily|weekly|monthly|yearly|annually|hourly|nightly|often|always|never|rarely|sometimes|times an?|(?:per|each|a|an) (?:second|minute|hour|day|week|month|year))\b|每|مرة|كل |פעם|כל /iu;

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const time = new RegExp(
  [
    // A year, unless it counts something.
    '(?<![\\p{N}.,$€£])(?:1[0-9]{3}|20[0-9]{2})(?![.,]?\\p{N}|%)(?! ?(?:hectares|people|met|kilomet|km|miles|tonnes|grams|g\\b|ml\\b|kg|species|m\\b))',
    `\\b(?:${months})\\.? \\d`,
    `\\d(?:st|nd|rd|th)? (?:of )?(?:${months})\\b`,
    '\\b(?:in|since|last|next|this|every|each|by|until|of|early|late|mid|on|from) ?-?(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day|night|evening|week|month|year)\\b',
    '\\b(?:today|yesterday|tomorrow|tonight|century|decade|ago|overnight|midnight|noon)\\b',
    '\\d ?[ap]\\.?m\\b',
    '\\b\\d{1,2}:\\d{2}\\b',
    '\\d+ ?[年月日]',
    '(?:عام|سنة|שנת|ב-?)\\s?\\p{N}{3,4}',
  ].join('|'),
  'iu',
);
const money =
  /[$€£¥₹₪₽]\s?\p{N}|\p{N}[\p{N}.,]*\s?(?:[$€£¥₹₪₽]|(?:thousand |million |billion )?(?:dollars?|euros?|pounds?|cents?|yen|yuan|usd|eur|gbp|francs?|kroner)\b|(?:万|亿)?元|円|دولار|ريال|שקל|דולר)|\b(?:free|no charge)\b|免费/iu;
const reason =
  /\b(?:because|since|due to|so that|owing to|thanks to|as a result|results? (?:in|from)|caused? by|causes?|leads? to|led to|in order to|therefore|that is why|this is why|the reason|the cause|prevents?|driven by|blamed?|otherwise|without (?:it|them)|or (?:else|it|they) (?:will|would)|which (?:makes|means|keeps|helps|lets|allows)|there for|so (?:it|they|the) (?:can|do|does|will)|to (?:keep|avoid|prevent|protect|help|make|stop|let|allow|ensure|save|reduce|meet|cut))\b|explains (?:how|why)|因为|由于|因此|所以|为了|ため|から|بسبب|لأن|نتيجة|בגלל|כי |מפני|כדי/iu;
const manner =
  /\b(?:by \w+ing|using|use|with|through|via|first|then|until|so that|call|send|add|set|mix|pass|include|press|run|place|heat)\b/iu;

function isLatin(sentence: string): boolean {
  return (
    /\p{sc=Latin}/u.test(sentence) &&
    !/[\p{sc=Han}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Hiragana}\p{sc=Katakana}]/u.test(sentence)
  );
}

/** Two capitalised words together or a title is a name; a role is half of one; a lone capital hardly. */
function nameFit(sentence: string): number {
  if (fullName.test(sentence)) return 1.5;
  if (role.test(sentence)) return 1.1;
  return /[^.!?“"] \p{Lu}\p{Ll}+/u.test(sentence) ? 0.8 : 0;
}

const fullName =
  /\b(?:Dr|Mr|Mrs|Ms|Prof|Sir|Dame)\.? \p{Lu}|\p{Lu}\p{Ll}+ (?:\p{Lu}\. ?)*(?:de |van |von |al-)?\p{Lu}\p{Ll}+/u;
const role =
  /\b(?:researchers?|scientists?|professor|director|president|chief|officer|ceo|founders?|author|team|company|university|institute|government|council|engineers?|volunteers?|manager|minister|authority|administrators?|owners?|users?|divers|biologists?|grandmother|grandfather|mother|father|brothers?|sisters?)\b/iu;

function placeFit(sentence: string): number {
  if (namedPlace.test(sentence)) return 1.4;
  return somewhere.test(sentence) ? 1 : 0;
}

const namedPlace =
  /\b(?:in|at|near|off|along|from|to|around|across|between|outside|inside|on|under|north|south|east|west) (?:the )?(?:[a-z]+ (?:of|off) )?(?:the )?(?!(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)\p{Lu}\p{Ll}+/u;
const somewhere =
  /\b(?:in|at|near|off|along|on|under|inside|above|below|around|between|beneath) (?:the|a|an|your|its|their|every|each|all|most|warm|shallow|cold|deep)\b/iu;

/** "120 volunteers" beats any other number. */
function amountFit(sentence: string, words: readonly Word[], language: string | null): number {
  if (!number.test(sentence)) return 0;
  const counted = words[0];
  if (!counted) return 1;
  for (const amount of sentence.matchAll(new RegExp(numeral, 'giu'))) {
    const after = sentence
      .slice(amount.index + amount[0].length)
      .split(/\s+/u, 6)
      .join(' ');
    const near = contentWords(after, language).slice(0, 3).flat();
    if (counted.some((form) => near.includes(form))) return 2;
  }
  return 1;
}
