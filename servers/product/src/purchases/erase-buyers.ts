import { execute, idBytes } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';
import { eraseCarts } from '../carts/index.ts';
import { rememberErased } from '../erased-users/index.ts';

const BATCH_SIZE = 500;

/**
 * Erases the personal data of erased users: the cart, the reasons of cancelled purchases and the tracking codes. None is stored afterwards.
 * The bookkeeping needs the items, the amounts and the timeline, so they stay, with the user's id. The buyer limits stay too, because
 * payment keeps the wallet, frozen.
 */
export async function eraseBuyers(trx: Knex.Transaction, events: readonly Event<'user-erased'>[]): Promise<void> {
  const userIds = events.map(({ data }) => data.userId);
  await rememberErased(trx, userIds);
  await eraseCarts(trx, userIds);
  const ids = await findPurchases(trx, userIds);
  for (let start = 0; start < ids.length; start += BATCH_SIZE) await eraseTexts(trx, ids.slice(start, start + BATCH_SIZE));
}

/** Finds purchases that may have a reason, a tracking code or a delivery report, or that a concurrent request may give one. */
function findPurchases(trx: Knex.Transaction, userIds: readonly string[]): Promise<Buffer[]> {
  return trx('purchases').whereIn('user_id', userIds.map(idBytes)).orderBy('id').pluck('id');
}

/** Locks the purchases first, so that concurrent requests have written their reasons, tracking codes and delivery reports. */
async function eraseTexts(trx: Knex.Transaction, ids: readonly Buffer[]): Promise<void> {
  await execute(trx, 'SELECT id FROM purchases WHERE id IN (?) ORDER BY id FOR UPDATE', [ids]);
  await execute(
    trx,
    `UPDATE purchase_timeline SET detail = JSON_REMOVE(detail, '$.reason')
     WHERE purchase_id IN (?) AND type = 'purchase-cancelled' AND detail LIKE '%"reason"%'`,
    [ids],
  );
  await execute(
    trx,
    `UPDATE purchase_timeline SET detail = JSON_REMOVE(detail, '$.trackingCode')
     WHERE purchase_id IN (?) AND type IN ('purchase-shipped', 'purchase-delivered') AND detail LIKE '%"trackingCode"%'`,
    [ids],
  );
  await execute(trx, 'UPDATE purchases SET tracking_code = NULL WHERE id IN (?) AND tracking_code IS NOT NULL', [ids]);
}
