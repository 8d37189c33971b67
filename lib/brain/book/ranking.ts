/**
 * BM25+ over short texts in several fields (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework";
 * Lv and Zhai 2011 for the +). Ours, since of a search library three times the rest of the book we would use this alone.
 */
export interface Ranking {
  /** Texts are numbered in the order they come, from 0. One list of terms a field. */
  add(fields: readonly (readonly string[])[]): void;
  /** Every text with at least one of the terms. A term counts by its weight. */
  search(weights: ReadonlyMap<string, number>): Match[];
}

export interface Match {
  readonly text: number;
  readonly score: number;
  /** The first field each term stands in. */
  readonly fields: ReadonlyMap<string, number>;
}

/** How soon a repeated term stops to count, how much a long text is held against it, what any match is worth. */
const saturation = 1.2;
const lengthPenalty = 0.7;
const floor = 0.5;

/** @param boosts one for each field. */
export function createRanking(boosts: readonly number[]): Ranking {
  /** For each field: term → how often in which text. */
  const postings = boosts.map(() => new Map<string, Map<number, number>>());
  const lengths: number[][] = boosts.map(() => []);
  const totals = boosts.map(() => 0);
  let texts = 0;

  function scoreOf(field: number, text: number, count: number, having: number): number {
    const rarity = Math.log(1 + (texts - having + 0.5) / (having + 0.5));
    const length = ((lengths[field]?.[text] ?? 0) * texts) / (totals[field] ?? 1);
    const dampened = count + saturation * (1 - lengthPenalty + lengthPenalty * length);
    return (boosts[field] ?? 1) * rarity * (floor + (count * (saturation + 1)) / dampened);
  }

  return {
    add(fields) {
      for (const [field, terms] of fields.entries()) {
        lengths[field]?.push(terms.length);
        totals[field] = (totals[field] ?? 0) + terms.length;
        const index = postings[field];
        for (const term of terms) {
          const having = index?.get(term) ?? new Map<number, number>();
          index?.set(term, having.set(texts, (having.get(texts) ?? 0) + 1));
        }
      }
      texts += 1;
    },
    search(weights) {
      const found = new Map<number, { text: number; score: number; fields: Map<string, number> }>();
      for (const [term, weight] of weights) {
        for (const [field, index] of postings.entries()) {
          const having = index.get(term);
          for (const [text, count] of having ?? []) {
            const match = found.get(text) ?? { text, score: 0, fields: new Map<string, number>() };
            match.score += weight * scoreOf(field, text, count, having?.size ?? 0);
            if (!match.fields.has(term)) match.fields.set(term, field);
            found.set(text, match);
          }
        }
      }
      return [...found.values()];
    },
  };
}
