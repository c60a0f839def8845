import { idBytes, idText, lockByIds, query } from '@florin/database';
import type { Knex } from 'knex';
import { productsTable } from '../stock/index.ts';
import { type Product, productOf } from './product.ts';
import { productNotFound } from './read-product.ts';

export type Family = {
  product: Product;
  /** The product with the options, if `product` is a variant. */
  parent: Product | undefined;
  /** The number of variants of `product`. */
  variants: number;
};

/**
 * Locks a product with its parent or its variants, in id order, as purchases do.
 *
 * @throws AppError NOT_FOUND
 */
export async function lockFamily(trx: Knex.Transaction, id: string): Promise<Family> {
  const locked = new Map<string, Product>();
  const lock = async (ids: readonly string[]): Promise<void> => {
    for (const [one, product] of await lockByIds(trx, productsTable, ids)) locked.set(one, productOf(product));
  };
  await lock([id, ...(await readRelatives(trx, id))]);
  const product = locked.get(id);
  if (product === undefined) throw productNotFound(id);
  // A concurrent transaction may have added relatives. It has committed, and now none can be added: that takes the locked row.
  const late = (await readRelatives(trx, id)).filter((one) => !locked.has(one));
  await lock(late);
  const parent = product.parentId === null ? undefined : locked.get(product.parentId);
  return { product, parent, variants: product.options === null ? 0 : locked.size - 1 };
}

/** Reads the ids of the parent and the variants of a product. */
async function readRelatives(trx: Knex.Transaction, id: string): Promise<string[]> {
  const rows = await query<{ id: Buffer }>(
    trx,
    `SELECT id FROM products WHERE parent_id = ?
     UNION ALL SELECT parent_id FROM products WHERE id = ? AND parent_id IS NOT NULL`,
    [idBytes(id), idBytes(id)],
  );
  return rows.map((row) => idText(row.id));
}
