import { idText } from '@florin/database';
import { idValue, type Keyset, type Page, type PageRequest, siftedPage } from '@florin/pagination';
import type { Knex } from 'knex';
import { matchCondition, type TextMatches } from '../search/index.ts';
import type { ProductRow } from '../stock/index.ts';
import { type ProductFilter, whereMatches } from './product-filter.ts';

type Found = { filter: ProductFilter; words: (TextMatches & { kind: 'many' })['words'] };

/** The order of the newest products, by the documents of the index of search. */
const newestDocuments: Keyset<Pick<ProductRow, 'id'>> = {
  name: 'newest',
  columns: [{ column: 'search_documents.product_id', direction: 'desc', toSql: idValue }],
  keyOf: ({ id }) => [idText(id)],
};

/**
 * Searches the next `maxRows` documents for the words, in the order of the newest products, and reads those products that have them.
 * The documents lie in this order, so that this costs a fifth of looking each product's document up.
 */
export function siftDocuments(
  db: Knex,
  { filter: { text: _words, ...filter }, words }: Found,
  { maxRows, ...request }: PageRequest & { maxRows: number },
): Promise<Page<Pick<ProductRow, 'id'>>> {
  const documents = 'search_documents FORCE INDEX (PRIMARY)';
  const { sql, values } = matchCondition(words);
  const query = db(
    db.raw(`${documents} STRAIGHT_JOIN products FORCE INDEX (PRIMARY) ON products.id = search_documents.product_id`),
  )
    .select('products.id')
    .whereRaw(sql, values);
  const along = db(db.raw(documents)).select('search_documents.product_id as id');
  return siftedPage({ query: whereMatches(query, filter), along, keyset: newestDocuments, maxRows }, request);
}
