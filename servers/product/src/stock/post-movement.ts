import assert from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import { column, databaseTime, defineTable, insertRows } from '@florin/database';
import { type KeyedRequest, requestHash } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { stockErrors, variantRequired } from './errors.ts';
import { type LockedProduct, lockProducts } from './lock-products.ts';
import { moveStock } from './move-stock.ts';
import { MAX_STOCK, movementDetailsTable, type ShownMovement, type StaffReason, storedReason } from './movement.ts';
import { readMovement } from './read-movements.ts';
import { sumAfter } from './sum-after.ts';

/** What staff ask for: to add or remove `delta` units, or to set the stock to a count. */
export type WantedMovement = {
  reason: StaffReason;
  /** Required, except of a count. */
  delta?: number;
  note?: string;
  /** Required of a count. */
  count?: number;
  countedAt?: Date;
};

export type NewMovement = KeyedRequest & { productId: string; by: string } & WantedMovement;

/**
 * Moves a product's stock for staff. The idempotency key, the movement and the audit entry are written together.
 *
 * A count sets the stock to the count plus all movements after it. The product is locked first, so no movement is missed. Movements
 * have the database's time: by the clock of an instance that is behind, the movement of a count would be older than the count.
 *
 * @throws AppError NOT_FOUND, VARIANT_REQUIRED, VALIDATION_FAILED for a count in the future, STOCK_BELOW_ZERO, STOCK_TOO_HIGH, COUNT_TOO_OLD; a duplicate
 * key error if the user has used the idempotency key before
 */
export async function postMovement(trx: Knex.Transaction, movement: NewMovement): Promise<ShownMovement> {
  const { productId, reason, by } = movement;
  const products = await lockProducts(trx, [productId]);
  const product = products.get(productId);
  if (product === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no product ${productId}.` });
  if (product.options !== null) throw variantRequired(product);
  const delta = await deltaOf(trx, movement, product);
  requireRoom(product, delta);
  const posted = { productId, delta, reason: storedReason(reason) };
  const [id] = await moveStock(trx, products, { movements: [posted], at: await databaseTime(trx) });
  assert(id, 'a movement must have an id');
  await insertDetails(trx, movement, id);
  await insertKey(trx, movement, id);
  const shown = await readMovement(trx, id);
  const { stockAfter, count, countedAt } = shown;
  const after = { delta, reason, stockAfter, ...(count === undefined ? {} : { count, countedAt }) };
  await appendAuditEntry(trx, { actorId: by, action: 'stock.move', subject: productId, after });
  return shown;
}

/** The units that the movement adds to the locked product. */
async function deltaOf(trx: Knex.Transaction, movement: WantedMovement, product: LockedProduct): Promise<number> {
  const { reason, delta, count, countedAt } = movement;
  if (reason !== 'count') {
    assert(delta !== undefined, 'a movement must have a delta');
    return delta;
  }
  assert(count !== undefined && countedAt !== undefined, 'a count must have units and a time');
  return count + (await sumAfter(trx, product.id, { time: countedAt })) - product.stock;
}

/** The `request_hash` of movements. Older releases hashed the first three fields alone. */
export function hashMovement(movement: Readonly<Record<string, unknown>>): Buffer {
  const { productId, delta, reason, note, count, countedAt } = movement;
  const further = [note, count, countedAt instanceof Date ? countedAt.toISOString() : countedAt];
  return requestHash([productId, delta, reason, ...(further.some((value) => value !== undefined) ? further : [])]);
}

function requireRoom({ name, stock }: LockedProduct, delta: number): void {
  const after = stock + delta;
  const detail = `${name}: ${stock} in stock, requested change ${delta}.`;
  if (after < 0) throw new AppError(stockErrors.STOCK_BELOW_ZERO, { detail });
  if (after > MAX_STOCK) throw new AppError(stockErrors.STOCK_TOO_HIGH, { detail });
}

async function insertDetails(trx: Knex.Transaction, movement: WantedMovement, movementId: string): Promise<void> {
  const { reason, note = null, count: counted = null, countedAt = null } = movement;
  if (storedReason(reason) === reason && note === null) return;
  await insertRows(trx, movementDetailsTable, [
    { movementId, reason, note, counted, countedAt, sourceId: null, productId: null },
  ]);
}

export const movementKeysTable = defineTable('stock_movement_keys', {
  userId: column.id(),
  idempotencyKey: column.textBytes('varbinary(255)'),
  requestHash: column.bytes('binary(32)'),
  movementId: column.id(),
  sentHash: column.bytes('binary(32)').orNull(),
});

async function insertKey(trx: Knex.Transaction, movement: NewMovement, movementId: string): Promise<void> {
  const { by: userId, idempotencyKey, sentHash = null } = movement;
  await insertRows(trx, movementKeysTable, [
    { userId, idempotencyKey, requestHash: hashMovement(movement), movementId, sentHash },
  ]);
}
