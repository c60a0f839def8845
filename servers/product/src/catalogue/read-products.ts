import { rowsOf } from '@florin/database';
import type { Knex } from 'knex';
import type { ProductRow } from '../stock/index.ts';
import { productColumns } from './product.ts';

/** Reads the products of a page, in its order. */
export async function readProducts(db: Knex, page: readonly { id: Buffer }[]): Promise<ProductRow[]> {
  const ids = page.map(({ id }) => id);
  const rows = await rowsOf<ProductRow>(db('products').select(productColumns).whereIn('id', ids));
  const byId = new Map(rows.map((row) => [row.id.toString('hex'), row]));
  return ids.flatMap((id) => byId.get(id.toString('hex')) ?? []);
}
