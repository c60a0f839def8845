import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, query, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type ProductRow, productsTable } from '../stock/index.ts';
import { type Product, presentProduct, type ShownProduct, type ShownVariant, showProduct, showVariant } from './product.ts';

/** @throws AppError NOT_FOUND */
export async function readProduct(db: Knex, id: string): Promise<Product> {
  const row = await queryFirst<ProductRow>(db, `SELECT ${productsTable.list} FROM products WHERE id = ?`, [idBytes(id)]);
  if (row === undefined) throw productNotFound(id);
  return presentProduct(row);
}

export function productNotFound(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no product ${id}.` });
}

export type ShownFamily = ShownProduct & { variants?: ShownVariant[] };

/** Shows a product; one with options has its variants, by price. Archived variants are for staff. */
export async function showFamily(db: Knex, product: Product, viewer: { isStaff: boolean }): Promise<ShownFamily> {
  const shown = showProduct(product, viewer);
  if (product.options === null) return shown;
  const rows = await query<ProductRow>(
    db,
    `SELECT ${productsTable.list} FROM products WHERE parent_id = ? ${viewer.isStaff ? '' : "AND status = 'active'"} ORDER BY price_minor, id`,
    [idBytes(product.id)],
  );
  return { ...shown, variants: rows.map((row) => showVariant(presentProduct(row), viewer)) };
}
