import { pickFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import { freeRedemptions } from '../coupons/index.ts';
import { lockProducts, moveStock } from '../stock/index.ts';
import type { LockedPurchase } from './lock-purchases.ts';
import { purchasesTable } from './purchase.ts';
import { purchaseMetricsOf } from './purchase-metrics.ts';
import type { Transition } from './purchase-transitions.ts';
import { readItems } from './read-items.ts';

const changedTable = pickFields(purchasesTable, ['id', 'status', 'refund', 'declineReason', 'version']);

export type Changed = { purchase: LockedPurchase; transition: Transition };

/** Writes the transitions of locked purchases. Frees the coupons and returns the stock of those that are declined or cancelled. */
export async function writeTransitions(trx: Knex.Transaction, changes: readonly Changed[], at: Date): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ purchase: { id, version }, transition: { status, refund, declineReason = null } }) => ({
    id,
    status,
    refund,
    declineReason,
    version: version + 1,
  }));
  await updateByKey(trx, changedTable, rows, { set: 'purchases.updated_at = NOW(3)' });
  await undoSales(trx, changes, at);
  purchaseMetricsOf(trx)?.countDecided(trx, changes, at);
}

async function undoSales(trx: Knex.Transaction, changes: readonly Changed[], at: Date): Promise<void> {
  const returned = changes.filter(({ transition }) => transition.returnsStock).map(({ purchase }) => purchase);
  if (returned.length === 0) return;
  const unsold = returned.map(({ id }) => id);
  const withCoupon = returned.filter(({ couponCode }) => couponCode !== null).map(({ id }) => id);
  // Coupons are locked before products.
  if (withCoupon.length > 0) await freeRedemptions(trx, withCoupon, at);
  const movements = [...(await readItems(trx, unsold))].flatMap(([purchaseId, items]) =>
    items.map(({ productId, quantity }) => ({ productId, delta: quantity, reason: 'return' as const, purchaseId })),
  );
  const products = await lockProducts(
    trx,
    movements.map(({ productId }) => productId),
  );
  await moveStock(trx, products, { movements, at });
}
