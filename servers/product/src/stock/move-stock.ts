import assert from 'node:assert/strict';
import { idBytes, newIdAt } from '@florin/runtime';
import type { Knex } from 'knex';
import type { LockedProduct } from './lock-products.ts';
import type { MovementReason } from './movement.ts';

export type StockMovement = {
  productId: string;
  /** Units that come (+) or go (-). */
  delta: number;
  reason: MovementReason;
  /** Where the reason is a purchase's. */
  purchaseId?: string;
};

/**
 * Posts movements and brings each product's figure to their sum, in two statements. Returns the movements' ids, which carry their
 * time.
 *
 * @param products the movements' products, locked by this transaction
 */
export async function moveStock(
  trx: Knex.Transaction,
  products: ReadonlyMap<string, LockedProduct>,
  { movements, at }: { movements: readonly StockMovement[]; at: Date },
): Promise<string[]> {
  if (movements.length === 0) return [];
  const stock = new Map<string, number>();
  const rows = movements.map((movement) => {
    const product = products.get(movement.productId);
    assert(product, `stock of ${movement.productId} moves without its lock`);
    const stockAfter = (stock.get(movement.productId) ?? product.stock) + movement.delta;
    assert(Number.isSafeInteger(stockAfter) && stockAfter >= 0, `stock of ${movement.productId} would be ${stockAfter}`);
    stock.set(movement.productId, stockAfter);
    return { ...movement, id: newIdAt(at), stockAfter };
  });
  await setStock(trx, stock);
  await insertMovements(trx, rows, at);
  return rows.map(({ id }) => id);
}

/**
 * From the figures to their rows, by key. A server that woke up from a crash may think the table smaller than it is; it would
 * read, and so lock, all products to find these, in the way of those who hold the others.
 */
async function setStock(trx: Knex.Transaction, stock: ReadonlyMap<string, number>): Promise<void> {
  const figures = [...stock].map(() => 'SELECT ? AS id, ? AS stock').join(' UNION ALL ');
  await trx.raw(
    `UPDATE (${figures}) AS moved STRAIGHT_JOIN products FORCE INDEX (PRIMARY) ON products.id = moved.id
     SET products.stock = moved.stock`,
    [...stock].flatMap(([id, units]) => [idBytes(id), units]),
  );
}

async function insertMovements(
  trx: Knex.Transaction,
  rows: readonly (StockMovement & { id: string; stockAfter: number })[],
  at: Date,
): Promise<void> {
  await trx.raw(
    `INSERT INTO stock_movements (id, product_id, delta, reason, stock_after, purchase_id, created_at)
     VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    rows.flatMap(({ id, productId, delta, reason, stockAfter, purchaseId }) => [
      idBytes(id),
      idBytes(productId),
      delta,
      reason,
      stockAfter,
      purchaseId === undefined ? null : idBytes(purchaseId),
      at,
    ]),
  );
}
