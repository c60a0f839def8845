import type { TypedWord } from './search-query.ts';

/** The products that match a search. */
export type TextMatches =
  /** The index is being built. */
  | { kind: 'unbuilt' }
  /** All matching products: their scores by id, as 32 hexadecimal digits. A higher score is a better match. */
  | { kind: 'few'; scores: ReadonlyMap<string, number> }
  /** Too many to rank. A list checks its products one after another against the words. */
  | { kind: 'many'; words: readonly TypedWord[] };
