import { execute, idBytes } from '@florin/database';
import type { Knex } from 'knex';
import { lockCart } from './lock-cart.ts';

/**
 * Sets the coupon of a cart; null removes it.
 *
 * @throws AppError UNAUTHENTICATED if the user was erased
 */
export async function setCartCoupon(trx: Knex.Transaction, userId: string, code: string | null): Promise<void> {
  await lockCart(trx, userId);
  await execute(trx, 'UPDATE carts SET coupon_code = ? WHERE user_id = ?', [code, idBytes(userId)]);
}
