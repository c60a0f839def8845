import assert from 'node:assert/strict';
import { insertRows, newIdAt, pickFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import type { LockedProduct } from './lock-products.ts';
import { type MovementReason, movementsTable } from './movement.ts';
import { productsTable } from './products-table.ts';

const stockTable = pickFields(productsTable, ['id', 'stock']);

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
    const { productId, delta, reason, purchaseId = null } = movement;
    return { id: newIdAt(at), productId, delta, reason, stockAfter, purchaseId, createdAt: at };
  });
  await updateByKey(
    trx,
    stockTable,
    Array.from(stock, ([id, units]) => ({ id, stock: units })),
  );
  await insertRows(trx, movementsTable, rows);
  return rows.map(({ id }) => id);
}
