import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Product, type ProductRow, presentProduct, productColumns } from './product.ts';

/** @throws AppError NOT_FOUND */
export async function readProduct(db: Knex, id: string): Promise<Product> {
  const row = (await db('products')
    .where({ id: idBytes(id) })
    .first(...productColumns)) as ProductRow | undefined;
  if (row === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no product ${id}.` });
  return presentProduct(row);
}
