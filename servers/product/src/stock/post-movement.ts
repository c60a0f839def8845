import { AppError, requestErrors } from '@florin/app-response';
import { appendAuditEntry, assertSameRequest, idBytes, idText, isDuplicateKey, requestHash } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockProducts } from '../products/lock-products.ts';
import { stockErrors } from './errors.ts';
import { moveStock } from './move-stock.ts';
import { MOST_STOCK, type ShownMovement, type StaffReason } from './movement.ts';
import { readMovement } from './read-movements.ts';

export type NewMovement = {
  productId: string;
  delta: number;
  reason: StaffReason;
  by: string;
  idempotencyKey: string;
};

/**
 * Moves a product's stock for staff; the key, the movement and the audit row are one transaction. The same key again replays.
 *
 * Two requests with one key at the same moment: the loser's insert meets the unique key; run the transaction again (see
 * `isMovementKeyTaken`) and it finds the winner.
 *
 * @throws AppError NOT_FOUND, STOCK_BELOW_ZERO, STOCK_TOO_HIGH, IDEMPOTENCY_KEY_REUSED
 */
export async function postMovement(
  trx: Knex.Transaction,
  movement: NewMovement,
): Promise<{ movement: ShownMovement; isReplay: boolean }> {
  const products = await lockProducts(trx, [movement.productId]);
  const known = await findByKey(trx, movement);
  if (known !== undefined) {
    assertSameRequest(known.request_hash, hashOf(movement));
    return { movement: await readMovement(trx, idText(known.movement_id)), isReplay: true };
  }
  const { productId, delta, reason, by } = movement;
  requireRoom(products.get(productId), movement);
  const [id = ''] = await moveStock(trx, products, { movements: [{ productId, delta, reason }], at: new Date() });
  await insertKey(trx, movement, id);
  const posted = await readMovement(trx, id);
  const after = { delta, reason, stockAfter: posted.stockAfter };
  await appendAuditEntry(trx, { actorId: by, action: 'stock.move', subject: productId, after });
  return { movement: posted, isReplay: false };
}

/** A concurrent request with the same key has just won; a fresh try will replay it. */
export function isMovementKeyTaken(error: unknown): boolean {
  return isDuplicateKey(error, 'PRIMARY');
}

function requireRoom(product: { name: string; stock: number } | undefined, { productId, delta }: NewMovement): void {
  if (product === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no product ${productId}.` });
  const after = product.stock + delta;
  const detail = `${product.stock} of ${product.name} are there.`;
  if (after < 0) throw new AppError(stockErrors.STOCK_BELOW_ZERO, { detail });
  if (after > MOST_STOCK) throw new AppError(stockErrors.STOCK_TOO_HIGH, { detail });
}

type Known = { request_hash: Buffer; movement_id: Buffer };

async function findByKey(trx: Knex.Transaction, { by, idempotencyKey }: NewMovement): Promise<Known | undefined> {
  return trx('stock_movement_keys')
    .where({ user_id: idBytes(by), idempotency_key: Buffer.from(idempotencyKey) })
    .first('request_hash', 'movement_id');
}

async function insertKey(trx: Knex.Transaction, movement: NewMovement, id: string): Promise<void> {
  await trx('stock_movement_keys').insert({
    user_id: idBytes(movement.by),
    idempotency_key: Buffer.from(movement.idempotencyKey),
    request_hash: hashOf(movement),
    movement_id: idBytes(id),
  });
}

function hashOf({ productId, delta, reason }: NewMovement): Buffer {
  return requestHash([productId, delta, reason]);
}
