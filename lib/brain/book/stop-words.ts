/**
 * Whether a word, in small letters, is too common to find anything by. Question words count among them.
 * English ones hold on every page, since the question may be English wherever the page is from.
 */
export function isStopWord(word: string, language: string | null): boolean {
  if (everywhere.has(word) || contraction.test(word)) return true;
  return language !== null && (local.get(language.slice(0, 2).toLowerCase())?.has(word) ?? false);
}

const english =
  'a about above after again all also although am an and any anyone anything are as at be ' +
  'because been before being below between both but by can cannot could did do does doing ' +
  'down during each either else ever every few for from further get had has have having he ' +
  'her here him his how however i if in into is it its itself just let like many may me ' +
  'might more most much must my no nor not of off on once one only onto or other others our ' +
  'out over own per please quite rather really same shall she should since so some someone ' +
  'something such tell than that the their them then there these they this those though ' +
  'through to too toward under until up upon us very was we were what when where which ' +
  'while who whom whose why will with within without would yes yet you your s t';

/** "Isn't", "they'll", "what's". */
const contraction =
  /^(?:\p{L}+n't|\p{L}+'(?:ll|ve|re|d|m)|(?:it|that|what|who|where|how|there|he|she|let)'s)$/u;

/** In scripts no other language of ours shares, so they can always be told apart. */
const unmistakable =
  // Chinese, Japanese
  '的 了 是 在 和 与 有 这 那 吗 呢 什么 什麼 谁 誰 哪 哪里 哪裡 哪个 哪些 哪年 何时 何時 时候 时 怎么 怎麼 怎样 如何 为什么 為什麼 多少 几 几个 个 年 这个 那个 ' +
  'は が を に の で と も か です ます した て た 何 なに どこ いつ なぜ どう いくつ どれ どの ですか ' +
  // Arabic, Hebrew
  'في من على الى إلى عن هو هي هذا هذه ما ماذا متى أين اين كم لماذا كيف هل أن ان التي الذي كان كانت مع و لا ' +
  'של על את הוא היא זה זאת זו מה מי מתי איפה היכן כמה למה מדוע איך האם כי לא עם אם גם או יש היה הייתה ' +
  // Russian
  'и в на с по не что кто когда где почему как сколько это он она они был была было были';

/** The same letters mean something else next door ("die" in English), so these hold in their own language only. */
const byLanguage: Readonly<Record<string, string>> = {
  es: 'el la los las un una de del en y o que qué quién cuándo dónde cuánto cuántos cuánta cuántas cómo por para con es son fue se su al lo',
  fr: "le la les un une des du de et est sont dans sur pour par avec qui que quand où pourquoi comment combien quel quelle quels quelles il elle ce cette au aux ne pas qu'est c'est",
  de: 'der die das den dem des ein eine einer eines und ist sind im in zu von mit für auf wer wann wo warum wie viel viele welche welcher was es sich nicht',
};

const everywhere = new Set(`${english} ${unmistakable}`.split(' '));
const local = new Map(
  Object.entries(byLanguage).map(([language, words]) => [language, new Set(words.split(' '))]),
);
