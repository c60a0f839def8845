import { query } from '@florin/database';
import type { Knex } from 'knex';
import { countProducts, decidingWords, MAX_RANKED, postingsOf } from './count-products.ts';
import { scoreDocument } from './score-document.ts';
import { parseDocument } from './search-document.ts';
import { matchCondition, parseSearch, type TypedWord } from './search-query.ts';
import { isSpaceless } from './split-words.ts';
import type { TextMatches } from './text-matches.ts';
import { widenWord } from './widen-word.ts';

/** Finds the products that have all words of the text. If none has them all, the words may be wrong by one letter. */
export async function findProducts(db: Knex, text: string): Promise<TextMatches> {
  const words = parseSearch(text);
  if (words.length === 0) return { kind: 'few', scores: new Map() };
  const found = await match(db, words);
  if (found.kind !== 'few' || found.scores.size > 0) return found;
  const wider = await Promise.all(words.map((word) => widenWord(db, word)));
  return wider.every(({ alternatives }, index) => alternatives.length === words[index]?.alternatives.length)
    ? found
    : match(db, wider);
}

/** Reads all products of the rarest word, and keeps those that have the other words too. */
async function match(db: Knex, typed: readonly TypedWord[]): Promise<TextMatches> {
  const { isBuilt, words } = await countProducts(db, typed);
  if (!isBuilt) return { kind: 'unbuilt' };
  const [rarest, ...others] = decidingWords(words);
  const deciding = [rarest, ...others].map(({ word }) => word);
  if (rarest.products > MAX_RANKED) return matchWhole(db, deciding);
  return { kind: 'few', scores: rarest.products === 0 ? new Map() : await scoreAll(db, rarest.word, deciding) };
}

/** Too many products have words that begin like these. Whole words may be rarer: `bar` is a brand, and the beginning of many words. */
async function matchWhole(db: Knex, words: readonly TypedWord[]): Promise<TextMatches> {
  const { words: counted } = await countProducts(db, words.map(asWhole));
  const [rarest] = decidingWords(counted);
  const isRare = rarest.products > 0 && rarest.products <= MAX_RANKED;
  const scores = isRare ? await scoreAll(db, rarest.word, [rarest.word, ...words]) : new Map<string, number>();
  return scores.size > 0 ? { kind: 'few', scores } : { kind: 'many', words };
}

async function scoreAll(db: Knex, rarest: TypedWord, words: readonly TypedWord[]): Promise<Map<string, number>> {
  const postings = postingsOf(rarest);
  const condition = matchCondition(words);
  const rows = await query<{ id: Buffer; words: Buffer }>(
    db,
    `SELECT search_documents.product_id AS id, search_documents.words AS words
       FROM search_words FORCE INDEX (PRIMARY)
       STRAIGHT_JOIN search_documents FORCE INDEX (PRIMARY) ON search_documents.product_id = search_words.product_id
      WHERE ${postings.sql} AND ${condition.sql} LIMIT ${MAX_RANKED}`,
    [...postings.values, ...condition.values],
  );
  return new Map(rows.map((row) => [row.id.toString('hex'), scoreDocument(parseDocument(row.words.toString()), words)]));
}

function asWhole({ alternatives }: TypedWord): TypedWord {
  return { alternatives: alternatives.map((terms) => terms.map(({ text }) => ({ text, isBeginning: isSpaceless(text) }))) };
}
