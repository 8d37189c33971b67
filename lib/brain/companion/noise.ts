/** What stands on pages without being about anything: furniture, and sentences written for machines like us. */
export function isNoise(sentence: string): boolean {
  return furniture.test(sentence) || forMachines.test(sentence) || code.test(sentence);
}

const furniture =
  /\b(?:cookies?\b.*\b(?:accept|consent|use)|accept all|subscribe|sign up|newsletter|log ?in|sign in|all rights reserved|terms of (?:use|service)|privacy policy|share this|follow us|click here|read more|related (?:articles|posts|stories)|advertisement|photo(?:graph)?:|image:|credit:|skip to)\b|©/iu;

/** Mark-up that a page shows as text. */
const code = /<\/?\w+[^>]*>|\]\(|\*\*|=>|[{}]{2}/u;

/** Nobody's summary of a page is what the page would like an assistant to do. */
const forMachines =
  /\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:previous|prior|above|earlier|all|your)\b.{0,30}\b(?:instructions?|prompts?|rules|messages?)\b|\bsystem (?:prompt|message|override)\b|\b(?:dear|attention|note to|instructions? (?:for|to)) (?:ai|a\.i\.|llm|assistants?|chatbots?|language models?|any ai)\b|\byou are now\b|\b(?:ai|assistants?|language models?|chatbots?)\b.{0,30}\b(?:must|should|shall|have to)\b|^(?:\[?(?:system|assistant|admin)\]?:)/iu;
