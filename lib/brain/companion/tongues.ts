import type { Ask } from '@/lib/brain/companion/ask';

/**
 * The questions everybody asks, in some of the languages pages are read in.
 * Other questions in them need no grammar: the page's words find their sentence.
 */
export function foreignAsk(question: string): Ask | null {
  const asked = question.normalize('NFKC').toLowerCase();
  for (const [ask, pattern] of known) if (pattern.test(asked)) return ask;
  const what = definition
    .exec(asked)
    ?.slice(1)
    .find((group) => group !== undefined);
  return what === undefined
    ? null
    : { kind: 'define', what: what.trim(), person: false, strict: false };
}

/** "What is X?" */
const definition =
  /^(?:什么是|什麼是|何谓)(.+?)[?？]?$|^(.{1,12}?)(?:是什么|是什麼|とは何ですか|とは|って何)[?？]?$|^ما (?:هو|هي|هم) (.+?)[؟?]?$|^(?:מה זה|מהו|מהי|מהם) (.+?)\??$|^¿?qu[eé] (?:es|son) (.+?)\??$|^qu'est-ce qu(?:e|') ?(?:c'est )?(?:que )?(?:l[ae] |l')?(.+?) ?\??$|^was (?:ist|sind) (?:ein |eine |der |die |das )?(.+?)\??$|^что такое (.+?)\??$/u;

const known: readonly (readonly [Ask, RegExp])[] = [
  [
    { kind: 'summary', of: null, most: 3 },
    /总结|總結|摘要|概括|概述|要点|要約|まとめて|لخص|ملخص|خلاصة|תקציר|לסכם|סכם|סיכום|\bresum(?:e|en|ir|ez|é|o)\b|\brésum|zusammenfass|кратко|резюме|перескажи/u,
  ],
  [
    { kind: 'outline' },
    /大纲|大綱|目录|目錄|目次|見出し|العناوين|כותרות|\besquema\b|\bíndice\b|\bgliederung\b|überschriften|оглавление/u,
  ],
  [
    { kind: 'about' },
    /这是什么(?:页面|网页|文章)?[?？]?$|(?:这|這)?(?:篇文章|页面|网页|個網頁).*(?:讲|说|关于|講)|何についての|このページは何|(?:عن ماذا|ما موضوع|عم تتحدث)|(?:על מה|במה עוסק)|de qué trata|de quoi (?:parle|s'agit)|worum geht|о чем|о чём/u,
  ],
];
