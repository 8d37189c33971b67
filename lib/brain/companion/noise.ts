/** What stands on pages without being about anything: no part of a summary. */
export function isNoise(sentence: string): boolean {
  return furniture.test(sentence) || markUp.test(sentence) || isTrap(sentence);
}

/** A sentence that talks to machines instead of readers. It can be found, but it is never an answer. */
export function isTrap(sentence: string): boolean {
  return trap.test(sentence);
}

const furniture =
  /\b(?:cookies?\b.*\b(?:accept|consent|use)|accept all|subscribe|sign up|newsletter|log ?in|sign in|all rights reserved|terms of (?:use|service)|privacy policy|share this|follow us|click here|read more|related (?:articles|posts|stories)|advertisement|photo(?:graph)?:|image:|credit:|skip to)\b|©/iu;

/** Mark-up that a page shows as text. */
const markUp = /<\/?\w+[^>]*>|\]\(|\*\*|=>|\{\{/u;

const trap =
  /\b(?:ignore|disregard|forget|override)\b.{0,20}\b(?:previous|prior|above|earlier|all|your)\b.{0,20}\b(?:instructions?|prompts?|rules)\b|\b(?:dear|attention|note to|instructions? (?:for|to)) (?:any |all )?(?:ai|llm|assistant|chatbot|language model)s?\b|\bassistant\b.{0,40}\byou (?:must|should)\b|\byou are now\b|^\[?(?:system|assistant|admin)\]?:|\bjavascript:|\bon(?:error|load|click)=/iu;
