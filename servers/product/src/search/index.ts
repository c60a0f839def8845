export { foldText } from './fold-text.ts';
export { searchInvariants } from './invariants.ts';
export { productIndex } from './product-index.ts';
export { searchedFields } from './search-document.ts';
export { matchCondition } from './search-query.ts';
export type { TextMatches } from './text-matches.ts';
