import { execute, idBytes, sqlId } from '@florin/database';
import type { Knex } from 'knex';

/** Empties carts that this transaction has locked: items and coupon. The rows stay, so that concurrent checkouts wait for them. */
export async function emptyCarts(trx: Knex.Transaction, userIds: readonly string[]): Promise<void> {
  const users = userIds.map(sqlId);
  await execute(trx, 'DELETE FROM cart_items WHERE user_id IN (?)', [users]);
  await execute(trx, 'UPDATE carts SET coupon_code = NULL, version = version + 1, updated_at = NOW(3) WHERE user_id IN (?)', [
    users,
  ]);
}

/** Empties the cart of a user, if there is one. */
export async function emptyCart(trx: Knex.Transaction, userId: string): Promise<void> {
  await execute(trx, 'SELECT user_id FROM carts WHERE user_id = ? FOR UPDATE', [idBytes(userId)]);
  await emptyCarts(trx, [userId]);
}

/** Deletes the carts of erased users, with the keys of their requests. */
export async function eraseCarts(trx: Knex.Transaction, userIds: readonly string[]): Promise<void> {
  const users = [...new Set(userIds)].sort().map(sqlId);
  await execute(trx, 'DELETE FROM carts WHERE user_id IN (?)', [users]);
  await execute(trx, 'DELETE FROM cart_keys WHERE user_id IN (?)', [users]);
}
