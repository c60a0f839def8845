import { AppError, requestErrors } from '@florin/app-response';
import { column, defineTable, insertRows } from '@florin/database';
import { type KeyedRequest, requestHash } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { stockErrors } from './errors.ts';
import { lockProducts } from './lock-products.ts';
import { moveStock } from './move-stock.ts';
import { MAX_STOCK, type ShownMovement, type StaffReason } from './movement.ts';
import { readMovement } from './read-movements.ts';

export type NewMovement = KeyedRequest & {
  productId: string;
  delta: number;
  reason: StaffReason;
  by: string;
};

/**
 * Moves a product's stock for staff. The idempotency key, the movement and the audit entry are written together.
 *
 * @throws AppError NOT_FOUND, STOCK_BELOW_ZERO, STOCK_TOO_HIGH; a duplicate key error if the user has used the idempotency key before
 */
export async function postMovement(trx: Knex.Transaction, movement: NewMovement): Promise<ShownMovement> {
  const products = await lockProducts(trx, [movement.productId]);
  const { productId, delta, reason, by } = movement;
  requireRoom(products.get(productId), movement);
  const [id = ''] = await moveStock(trx, products, { movements: [{ productId, delta, reason }], at: new Date() });
  await insertKey(trx, movement, id);
  const posted = await readMovement(trx, id);
  const after = { delta, reason, stockAfter: posted.stockAfter };
  await appendAuditEntry(trx, { actorId: by, action: 'stock.move', subject: productId, after });
  return posted;
}

/** The `request_hash` of movements. */
export function hashMovement({ productId, delta, reason }: Readonly<Record<'productId' | 'delta' | 'reason', unknown>>): Buffer {
  return requestHash([productId, delta, reason]);
}

function requireRoom(product: { name: string; stock: number } | undefined, { productId, delta }: NewMovement): void {
  if (product === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no product ${productId}.` });
  const after = product.stock + delta;
  const detail = `${product.name}: ${product.stock} in stock, requested change ${delta}.`;
  if (after < 0) throw new AppError(stockErrors.STOCK_BELOW_ZERO, { detail });
  if (after > MAX_STOCK) throw new AppError(stockErrors.STOCK_TOO_HIGH, { detail });
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
