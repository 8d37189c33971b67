/** What numbers, dates and measures look like in a sentence; roughly, and in the scripts our pages are read in. */

const spelled =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|billions?|half|several';
const amount = (words: string) =>
  `(?:(?<![\\p{sc=Latin}\\p{N}])\\p{N}[\\p{N}.,]*|\\b(?:${words})\\b|[一二两三四五六七八九十百千万亿]+)`;

/** Digits, a number in words, or Chinese numerals. */
const number = new RegExp(amount(`one|${spelled}`), 'iu');

/** An amount, "an hour" too, with one of these units close behind it. */
const measured = (units: string, others: string) => {
  const before = amount(`an?|one|few|${spelled}`);
  const between = `(?:[ -](?:to|or|–|more|another|about|square|${before}))*[ -]?`;
  return new RegExp(`${before}${between}(?:(?:${units})\\b|${others})`, 'iu');
};

const spans = 'second|minute|hour|day|night|week|month|year';
const duration = measured(
  `(?:${spans}|decade|sec|min|hr)s?|centuries|ms`,
  '秒|分钟|个?小时|天|年|个月|時間|分間|دقيق|ساع|يوم|سنة|عام|דקות|שעות|ימים|שנים',
);
const size = measured(
  '(?:kilo|centi|milli)?met(?:er|re)s?|[kcm]?m²?|miles?|feet|foot|ft|inch(?:es)?|yards?|hectares?|acres?|lit(?:er|re)s?|ml|pages|people|[GMk]B',
  '公里|米|平方|متر|كيلومتر|מטר|קילומטר',
);
const weight = measured(
  '(?:kilo|milli)?grams?|kilos?|[km]?g|tonnes?|tons?|pounds?|lbs?|ounces?|oz',
  '公斤|千克|克|吨|كيلو|غرام|גרם',
);
const heat = measured('degrees?|K', '[°º度℃]|درج|מעלות');
const share =
  /\p{N} ?[%％]|\b(?:per ?cent|one in \w+|(?:half|quarter|third|fifth|tenth|majority|most|all|none) of)\b|百分之/iu;

const pace = `(?:per|an?|each|every) (?:${spans})`;
const speed = new RegExp(
  `\\b(?:km\\/h|mph|knots|m\\/s|${pace}|times as fast|faster|slower|slowly|quickly)\\b`,
  'iu',
);
const frequency = new RegExp(
  `\\b(?:every|once|twice|daily|(?:week|month|year|hour|night)ly|often|always|never|rarely|times an?|${pace})\\b|每|مرة|كل |פעם|כל `,
  'iu',
);

const month =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|aug|sept?|oct|nov|dec)';
const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
/** For places: what begins with a capital without being one. */
export const monthOrWeekday = `${month}|${weekday}`;

const time = new RegExp(
  [
    // A year, unless it counts something.
    '(?<![\\p{N}.,$€£])(?:1\\d|20)\\d\\d(?![.,]?\\p{N}|%)(?! ?(?:hectares|people|met|kilomet|k?m\\b|miles|tonnes|grams|k?g\\b|ml\\b|species))',
    `\\b${month}\\.? \\d|\\d(?:st|nd|rd|th)? (?:of )?${month}\\b`,
    `\\b(?:in|since|last|next|this|every|each|by|until|of|early|late|mid|on|from)[ -](?:${monthOrWeekday}|spring|summer|autumn|fall|winter|night|evening|week|month|year)\\b`,
    '\\b(?:today|yesterday|tomorrow|tonight|century|decade|ago|overnight|midnight|noon)\\b',
    '\\d ?[ap]\\.?m\\b|\\b\\d{1,2}:\\d\\d\\b|\\d ?[年月日]|(?:عام|سنة|שנת)\\s?\\p{N}{3,4}',
  ].join('|'),
  'iu',
);
const money =
  /[$€£¥₹]\s?\p{N}|\p{N}\s?(?:[$€£¥₹]|(?:thousand |[mb]illion )?(?:dollars?|euros?|pounds?|cents?|yen|yuan|usd|eur|gbp|francs?|kroner)\b|[万亿]?元|円|دولار|ريال|שקל|דולר)|\bfree\b|免费/iu;

export const measures = {
  number,
  duration,
  size,
  weight,
  heat,
  share,
  speed,
  frequency,
  time,
  money,
};
