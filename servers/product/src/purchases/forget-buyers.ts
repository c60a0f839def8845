import { execute, idBytes } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';
import { rememberErased } from './erased-buyers.ts';

const AT_ONCE = 500;

/**
 * Forgets what product knows of people who were erased, beyond ids that lead nowhere any more: the words in which they, or staff for
 * them, said why a purchase was cancelled, and the number of the parcel that led to their door. From then on neither is stored. What
 * was bought, for how much, and where it went in the house stays, as the books want it. So does the copy of the wallet's limit, which
 * follows the wallet: payment keeps that frozen.
 */
export async function forgetBuyers(trx: Knex.Transaction, events: readonly Event<'user-erased'>[]): Promise<void> {
  const userIds = events.map(({ data }) => data.userId);
  await rememberErased(trx, userIds);
  const ids = await findPurchases(trx, userIds);
  for (let start = 0; start < ids.length; start += AT_ONCE) await forgetWords(trx, ids.slice(start, start + AT_ONCE));
}

/** Those that are cancelled or sent, or may be by a request that is under way. */
function findPurchases(trx: Knex.Transaction, userIds: readonly string[]): Promise<Buffer[]> {
  return trx('purchases')
    .whereIn('user_id', userIds.map(idBytes))
    .whereIn('status', ['cancelled', 'requested', 'paid', 'shipped', 'delivered'])
    .orderBy('id')
    .pluck('id');
}

/** Behind the purchases' locks, so that a cancel under way has written its reason before it is looked for, and a parcel its number. */
async function forgetWords(trx: Knex.Transaction, ids: readonly Buffer[]): Promise<void> {
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
