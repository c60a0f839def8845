import { insertRows } from '@florin/database';
import type { Knex } from 'knex';
import { lockProducts } from './lock-products.ts';
import { moveStock } from './move-stock.ts';
import { movementDetailsTable } from './movement.ts';

type Returned = { claimId: string; items: readonly { productId: string; quantity: number }[]; at: Date };

/** Returns the units of a claim to the stock. A second return of the claim is a duplicate-key error. */
export async function returnClaimed(trx: Knex.Transaction, { claimId, items, at }: Returned): Promise<void> {
  const products = await lockProducts(
    trx,
    items.map(({ productId }) => productId),
  );
  // A correction for the release before; the details have the reason.
  const movements = items.map(({ productId, quantity }) => ({ productId, delta: quantity, reason: 'correction' as const }));
  const ids = await moveStock(trx, products, { movements, at });
  const details = items.flatMap(({ productId }, index) => {
    const movementId = ids[index];
    return movementId === undefined
      ? []
      : [{ ...blank, movementId, reason: 'claim-return' as const, sourceId: claimId, productId }];
  });
  await insertRows(trx, movementDetailsTable, details);
}

const blank = { note: null, counted: null, countedAt: null };
