import { insertRows, query, queryFirst, type SqlId } from '@florin/database';
import type { Knex } from 'knex';
import { MAX_RANKED } from './count-products.ts';
import { searchCommonWordsTable } from './search-tables.ts';

/** A word that a product has got, or has lost. */
export type Posting = { word: string; productId: SqlId; isAdded: boolean };

/** A word of fewer products of a batch is not looked at. */
const MIN_OF_BATCH = 10;
/** Maximum number of words that are looked at after a batch. Once they are noted, a later batch looks at the next ones. */
const MAX_NOTED = 8;

/**
 * Leaves out the words that are common. A search reads no list of their products, so neither new products are written to it nor are
 * old ones deleted. Most words of a large catalogue are common.
 */
export async function withoutCommon(trx: Knex, postings: readonly Posting[]): Promise<{ added: Posting[]; removed: Posting[] }> {
  const words = [...new Set(postings.map(({ word }) => word))];
  const rows =
    words.length === 0
      ? []
      : await query<{ word: Buffer }>(trx, 'SELECT word FROM search_common_words WHERE word IN (?)', [
          words.map((word) => Buffer.from(word)),
        ]);
  const common = new Set(rows.map(({ word }) => word.toString()));
  const rare = postings.filter(({ word }) => !common.has(word));
  return { added: rare.filter(({ isAdded }) => isAdded), removed: rare.filter(({ isAdded }) => !isAdded) };
}

/** Notes the words of a written batch that more products have than a search reads. */
export async function noteCommon(trx: Knex.Transaction, added: readonly Posting[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const { word } of added) counts.set(word, (counts.get(word) ?? 0) + 1);
  const frequent = [...counts].filter(([, count]) => count >= MIN_OF_BATCH).sort(([, a], [, b]) => b - a);
  const common: string[] = [];
  for (const [word] of frequent.slice(0, MAX_NOTED)) if (await isCommon(trx, word)) common.push(word);
  const rows = common.sort().map((word) => ({ word }));
  await insertRows(trx, searchCommonWordsTable, rows, { onDuplicateKey: 'word = search_common_words.word' });
}

async function isCommon(trx: Knex, word: string): Promise<boolean> {
  const beyond = await queryFirst(trx, `SELECT 1 FROM search_words WHERE word = ? LIMIT 1 OFFSET ${MAX_RANKED}`, [
    Buffer.from(word),
  ]);
  return beyond !== undefined;
}
