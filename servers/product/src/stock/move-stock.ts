import assert from 'node:assert/strict';
import { insertRows, newIdAt, pickFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import type { LockedProduct } from './lock-products.ts';
import { type MovementReason, movementsTable } from './movement.ts';
import { productsTable } from './products-table.ts';

const stockTable = pickFields(productsTable, ['id', 'stock']);

export type StockMovement = {
  productId: string;
  /** Units added (+) or removed (-). */
  delta: number;
  reason: MovementReason;
  /** Set if the reason is `sale` or `return`. */
  purchaseId?: string;
};

/**
 * Posts stock movements and updates the products' stock, in two statements. Returns the ids of the movements.
 *
 * @param products the products of the movements, locked by this transaction
 */
export async function moveStock(
  trx: Knex.Transaction,
  products: ReadonlyMap<string, Pick<LockedProduct, 'stock'>>,
  { movements, at }: { movements: readonly StockMovement[]; at: Date },
): Promise<string[]> {
  if (movements.length === 0) return [];
  const stock = new Map<string, number>();
  const rows = movements.map((movement) => {
    const product = products.get(movement.productId);
    assert(product, `product ${movement.productId} must be locked before its stock moves`);
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
