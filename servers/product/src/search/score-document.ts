import type { SearchDocument, SearchField } from './search-document.ts';
import type { Term, TypedWord } from './search-query.ts';

/** Any match in a field outweighs every match of one word in a lower field. A whole word counts twice. */
const WEIGHTS: Readonly<Record<SearchField, number>> = { sku: 10, name: 9, brand: 3, description: 1 };
const WHOLE = 2;

/** Scores how well a product matches: a word in the name above one in the brand, and that above one in the description. */
export function scoreDocument(document: SearchDocument, words: readonly TypedWord[]): number {
  return words.reduce((sum, { alternatives }) => sum + Math.max(...alternatives.map((terms) => scoreAll(document, terms))), 0);
}

/** The score of the term that matches worst: 0 if one does not match. */
function scoreAll(document: SearchDocument, terms: readonly Term[]): number {
  return Math.min(...terms.map((term) => scoreTerm(document, term)));
}

function scoreTerm(document: SearchDocument, { text, isBeginning }: Term): number {
  let best = 0;
  for (const [field, words] of Object.entries(document) as [SearchField, readonly string[]][]) {
    if (words.includes(text)) best = Math.max(best, WEIGHTS[field] * WHOLE);
    else if (isBeginning && words.some((word) => word.startsWith(text))) best = Math.max(best, WEIGHTS[field]);
  }
  return best;
}
