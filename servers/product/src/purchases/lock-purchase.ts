import { AppError, requestErrors } from '@florin/app-response';
import type { Knex } from 'knex';
import { type LockedPurchase, lockPurchases } from './lock-purchases.ts';

/**
 * Locks one purchase. All rows about its parcel, claims and refunds are written under this lock.
 *
 * @returns the purchase, and the database's time
 * @throws AppError NOT_FOUND if it does not exist, or has another owner than `ownerId`
 */
export async function lockPurchase(
  trx: Knex.Transaction,
  id: string,
  { ownerId }: { ownerId?: string | undefined } = {},
): Promise<{ purchase: LockedPurchase; lockedAt: Date }> {
  const { purchases, lockedAt } = await lockPurchases(trx, [id]);
  const purchase = purchases.get(id);
  if (purchase === undefined || (ownerId !== undefined && ownerId !== purchase.userId))
    throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no purchase ${id}.` });
  return { purchase, lockedAt };
}
