import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockProducts, moveStock } from '../stock/index.ts';
import type { LockedPurchase } from './lock-purchases.ts';
import type { Transition } from './purchase-transitions.ts';
import { readItems } from './read-items.ts';

export type Changed = { purchase: LockedPurchase; transition: Transition };

/** Writes what became of purchases that this transaction has locked, and puts back the stock of those that end unsold. */
export async function writeTransitions(trx: Knex.Transaction, changes: readonly Changed[], at: Date): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes
    .map(() => 'SELECT ? AS id, ? AS status, ? AS refund, ? AS decline_reason, ? AS version')
    .join(' UNION ALL ');
  // By key and in no other order, see setStock.
  await trx.raw(
    `UPDATE (${rows}) AS changed STRAIGHT_JOIN purchases FORCE INDEX (PRIMARY) ON purchases.id = changed.id
     SET purchases.status = changed.status, purchases.refund = changed.refund,
       purchases.decline_reason = changed.decline_reason, purchases.version = changed.version, purchases.updated_at = NOW(3)`,
    changes.flatMap(({ purchase, transition }) => [
      idBytes(purchase.id),
      transition.status,
      transition.refund,
      transition.declineReason ?? null,
      purchase.version + 1,
    ]),
  );
  await returnStock(trx, changes, at);
}

async function returnStock(trx: Knex.Transaction, changes: readonly Changed[], at: Date): Promise<void> {
  const unsold = changes.filter(({ transition }) => transition.returnsStock).map(({ purchase }) => purchase.id);
  if (unsold.length === 0) return;
  const movements = [...(await readItems(trx, unsold))].flatMap(([purchaseId, items]) =>
    items.map(({ productId, quantity }) => ({ productId, delta: quantity, reason: 'return' as const, purchaseId })),
  );
  const products = await lockProducts(
    trx,
    movements.map(({ productId }) => productId),
  );
  await moveStock(trx, products, { movements, at });
}
