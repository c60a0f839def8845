import assert from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, queryFirst } from '@florin/database';
import { keysetPage, newestById, type Page, type PageRequest } from '@florin/pagination';
import type { Knex } from 'knex';
import { type MovementRow, movementsTable, presentMovement, type ShownMovement } from './movement.ts';

export async function readMovement(db: Knex, id: string): Promise<ShownMovement> {
  const row = await queryFirst<MovementRow>(db, `SELECT ${movementsTable.list} FROM stock_movements WHERE id = ?`, [idBytes(id)]);
  assert(row, `no stock movement ${id}`);
  return presentMovement(row);
}

/** @throws AppError NOT_FOUND */
export async function assertProduct(db: Knex, id: string): Promise<void> {
  const row: unknown = await db('products')
    .where({ id: idBytes(id) })
    .first('id');
  if (row === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no product ${id}.` });
}

/** A product's movements, newest first. */
export async function listMovements(db: Knex, productId: string, request: PageRequest): Promise<Page<MovementRow>> {
  const query = db('stock_movements')
    .select(movementsTable.cells.map(({ column }) => column))
    .where({ product_id: idBytes(productId) });
  return keysetPage<MovementRow>(query, newestById, request);
}
