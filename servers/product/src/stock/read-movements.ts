import assert from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import { firstOf, idBytes } from '@florin/database';
import { keysetPage, newestById, type Page, type PageRequest } from '@florin/pagination';
import type { Knex } from 'knex';
import { type MovementRow, movementsTable, presentMovement, type ShownMovement } from './movement.ts';

export async function readMovement(db: Knex, id: string): Promise<ShownMovement> {
  const row = await firstOf<MovementRow>(selectMovements(db).where('stock_movements.id', idBytes(id)));
  assert(row, `no stock movement ${id}`);
  return presentMovement(row);
}

function selectMovements(db: Knex): Knex.QueryBuilder {
  return db('stock_movements')
    .leftJoin('stock_movement_details AS details', 'details.movement_id', 'stock_movements.id')
    .select(movementsTable.cells.map(({ column }) => `stock_movements.${column}`))
    .select('details.reason AS detailed_reason', 'details.note', 'details.counted', 'details.counted_at', 'details.source_id');
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
  return keysetPage<MovementRow>(
    selectMovements(db).where({ 'stock_movements.product_id': idBytes(productId) }),
    newestById,
    request,
  );
}
