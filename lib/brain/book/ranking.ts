import MiniSearch from 'minisearch';

/** BM25+ over short texts in several fields (MiniSearch; Lv and Zhai 2011 for the +). */
export interface Ranking {
  /** Texts are numbered in the order they come, from 0. One list of terms a field. */
  add(fields: readonly (readonly string[])[]): void;
  /** Every text with at least one of the terms, best first. A term counts by its weight. */
  search(weights: ReadonlyMap<string, number>): Match[];
}

interface Match {
  readonly text: number;
  readonly score: number;
  /** The first field each term stands in. */
  readonly fields: ReadonlyMap<string, number>;
}

interface Text {
  readonly id: number;
  readonly fields: readonly (readonly string[])[];
}

/** @param boosts one for each field. */
export function createRanking(boosts: readonly number[]): Ranking {
  const names = boosts.map((_, field) => String(field));
  let texts = 0;
  const index = new MiniSearch<Text>({
    fields: names,
    extractField: ({ id, fields }, name) =>
      name === 'id' ? id : (fields[Number(name)] ?? []).join(' '),
    // The terms come ready made: no blank within one, none to be changed.
    tokenize: (joined) => (joined === '' ? [] : joined.split(' ')),
    processTerm: (term) => term,
    searchOptions: { boost: Object.fromEntries(boosts.entries()) },
  });
  return {
    add(fields) {
      index.add({ id: texts, fields });
      texts += 1;
    },
    search: (weights) =>
      index
        .search([...weights.keys()].join(' '), { boostTerm: (term) => weights.get(term) ?? 1 })
        .map(({ id, score, match }) => ({
          text: Number(id),
          score,
          fields: new Map(
            Object.entries(match).map(([term, fields]) => [term, Math.min(...fields.map(Number))]),
          ),
        })),
  };
}
