import { queryOne } from '@florin/database';
import type { Knex } from 'knex';
import type { Term, TypedWord } from './search-query.ts';

/**
 * Maximum number of products that a search ranks, and that it reads of one word. Sorting these costs as much as searching a page of
 * 20 among the 10,000 products that a list reads along its order.
 */
export const MAX_RANKED = 5_000;
/** Maximum number of products that are not in the index yet. Beyond it, the index is being built. */
const MAX_STALE = 1_000;

type CountedWord = {
  word: TypedWord;
  /** The number of products that may have the word, up to `MAX_RANKED` + 1. */
  products: number;
  /** Most products have the word. */
  isStopWord: boolean;
};

/** Counts the products of each word, in one statement, which reads a bounded part of each list of products. */
export async function countProducts(db: Knex, words: readonly TypedWord[]): Promise<{ isBuilt: boolean; words: CountedWord[] }> {
  const values: Buffer[] = [];
  const columns = words.map((word, index) => {
    const [common, few] = [longestTerms(word).map(({ text }) => Buffer.from(text)), postingsOf(word)];
    const typed = word.alternatives.flat().map(({ text }) => Buffer.from(text));
    values.push(...common, ...few.values, ...typed);
    return `IF((SELECT COUNT(*) FROM search_common_words WHERE word IN (${placesOf(common)})) > 0, ${MAX_RANKED + 1},
        (SELECT COUNT(*) FROM (SELECT 1 FROM search_words FORCE INDEX (PRIMARY) WHERE ${few.sql} LIMIT ${MAX_RANKED + 1}) AS w${index})) AS products${index},
      (SELECT COUNT(*) FROM search_stop_words WHERE word IN (${placesOf(typed)})) AS stops${index}`;
  });
  const row = await queryOne<Record<string, number>>(
    db,
    `SELECT ${columns.join(', ')}, (SELECT COUNT(*) FROM (SELECT 1 FROM products FORCE INDEX (products_search_stale)
       WHERE is_search_stale = 1 LIMIT ${MAX_STALE + 1}) AS outdated) AS stale`,
    values,
  );
  return {
    isBuilt: Number(row['stale']) <= MAX_STALE,
    words: words.map((word, index) => ({
      word,
      products: Number(row[`products${index}`]),
      isStopWord: Number(row[`stops${index}`]) > 0,
    })),
  };
}

/** The words that products must have, the rarest first: all except those that most products have, unless there is no other. */
export function decidingWords(words: readonly CountedWord[]): [CountedWord, ...CountedWord[]] {
  const deciding = words.filter(({ isStopWord }) => !isStopWord);
  const kept = deciding.length > 0 ? deciding : words;
  return kept.toSorted((a, b) => a.products - b.products) as [CountedWord, ...CountedWord[]];
}

/** No byte of UTF-8 is this one, so a beginning followed by it is above every word with that beginning. */
const ABOVE = Buffer.from([0xff]);

/** The condition on `search_words` of the products that may have a word: of each alternative, those of its longest term. */
export function postingsOf(word: TypedWord): { sql: string; values: Buffer[] } {
  const values: Buffer[] = [];
  const ranges = longestTerms(word).map(({ text, isBeginning }) => {
    const bytes = Buffer.from(text);
    values.push(bytes, ...(isBeginning ? [Buffer.concat([bytes, ABOVE])] : []));
    return isBeginning ? 'search_words.word BETWEEN ? AND ?' : 'search_words.word = ?';
  });
  return { sql: `(${ranges.join(' OR ')})`, values };
}

function longestTerms({ alternatives }: TypedWord): Term[] {
  return alternatives.map((terms) => terms.reduce((best, term) => (term.text.length > best.text.length ? term : best)));
}

function placesOf(values: readonly Buffer[]): string {
  return values.map(() => '?').join(', ');
}
