import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type ProductRow, productsTable } from '../stock/index.ts';
import { type Product, presentProduct } from './product.ts';

/** @throws AppError NOT_FOUND */
export async function readProduct(db: Knex, id: string): Promise<Product> {
  const row = await queryFirst<ProductRow>(db, `SELECT ${productsTable.list} FROM products WHERE id = ?`, [idBytes(id)]);
  if (row === undefined) throw productNotFound(id);
  return presentProduct(row);
}

export function productNotFound(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no product ${id}.` });
}
