import { isSpaceless, splitWords } from './split-words.ts';

/** A word of the index: a whole one, or the beginning of one. */
export type Term = { text: string; isBeginning: boolean };

/**
 * A typed word. A product matches if it has all terms of one of the alternatives: `t-shirt` is `tshirt`, or `t` and `shirt`.
 */
export type TypedWord = { alternatives: readonly (readonly Term[])[] };

/** Further words and parts are left out: they cost more and do not improve the result. */
const MAX_WORDS = 8;
const MAX_PARTS = 6;

/** Reads the words of a search. A text without letters and digits has none. */
export function parseSearch(text: string): TypedWord[] {
  return splitWords(text)
    .slice(0, MAX_WORDS)
    .map(({ parts, joined }) => {
      const all = wholePairs(parts).slice(0, MAX_PARTS).map(termOf);
      return { alternatives: joined === undefined ? [all] : [[termOf(joined)], all] };
    });
}

/** Leaves out the single character at the end of a run of pairs: the pair before contains it. */
function wholePairs(parts: readonly string[]): string[] {
  return parts.filter((part, index) => index === 0 || !isLastOfPair(parts[index - 1] ?? '', part));
}

function isLastOfPair(pair: string, part: string): boolean {
  return isSpaceless(part) && pair !== part && pair.endsWith(part) && Array.from(part).length === 1;
}

/** A shorter word is a whole one: many products have a word that begins with it. */
const MIN_BEGINNING = 3;

function termOf(text: string): Term {
  return { text, isBeginning: text.length >= MIN_BEGINNING || isSpaceless(text) };
}

/** A search of typed words as a condition on `search_documents.words`. */
export function matchCondition(words: readonly TypedWord[]): { sql: string; values: Buffer[] } {
  const values: Buffer[] = [];
  const like = (term: Term): string => {
    values.push(likePattern(term));
    return 'search_documents.words LIKE ?';
  };
  const anyOf = ({ alternatives }: TypedWord): string =>
    `(${alternatives.map((terms) => terms.map(like).join(' AND ')).join(' OR ')})`;
  return { sql: words.map(anyOf).join(' AND '), values };
}

/** Words have letters and digits only, so none contains a wildcard. */
export function likePattern({ text, isBeginning }: Term): Buffer {
  return Buffer.from(isBeginning ? `% ${text}%` : `% ${text} %`);
}
