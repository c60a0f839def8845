import { idText, rowsOf } from '@florin/database';
import { decodeCursor, idValue, integerValue, type Keyset, type Page, type PageRequest, pageOf } from '@florin/pagination';
import type { Knex } from 'knex';
import type { ProductRow } from '../stock/index.ts';
import { productsAlong } from './choose-index.ts';
import { type ProductFilter, whereMatches } from './product-filter.ts';
import { readProducts } from './read-products.ts';

type Ranked = {
  filter: ProductFilter;
  /** By id, as hexadecimal digits. */
  scores: ReadonlyMap<string, number>;
};

type Scored = { id: Buffer; score: number };

/** Lists the products that a search found, the best match first and the newest of equal ones. */
export async function listRanked(
  db: Knex,
  { filter, scores }: Ranked,
  { limit, cursor }: PageRequest,
): Promise<Page<ProductRow>> {
  const matching = whereMatches(db(productsAlong(db, { index: 'PRIMARY' })).select('id'), filter);
  const scoreOf = (id: Buffer): number => scores.get(id.toString('hex')) ?? 0;
  const ranked = (await rowsOf<{ id: Buffer }>(matching)).map(({ id }) => ({ id, score: scoreOf(id) })).sort(byRank);
  const keyset = rankedKeyset(scores);
  const place = cursor === undefined ? undefined : placeOf(keyset, cursor);
  const wanted = place === undefined ? ranked : ranked.filter((one) => byRank(one, place) > 0);
  return pageOf(await readProducts(db, wanted.slice(0, limit + 1)), keyset, limit);
}

function byRank(a: Scored, b: Scored): number {
  return b.score - a.score || Buffer.compare(b.id, a.id);
}

/** The order of the best match first. */
export function rankedKeyset(scores: ReadonlyMap<string, number>): Keyset<ProductRow> {
  return {
    name: 'relevance',
    columns: [
      { column: 'score', direction: 'desc', toSql: integerValue },
      { column: 'id', direction: 'desc', toSql: idValue },
    ],
    keyOf: ({ id }) => [scores.get(id.toString('hex')) ?? 0, idText(id)],
  };
}

function placeOf({ name, columns }: Keyset<ProductRow>, cursor: string): Scored {
  const [score = 0, id = ''] = decodeCursor(name, columns.length, cursor);
  return { score: integerValue(score), id: idValue(id) };
}
