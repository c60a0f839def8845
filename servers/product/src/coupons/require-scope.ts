import { AppError, requestErrors } from '@florin/app-response';
import { query, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { shareCategories } from '../catalogue/index.ts';
import type { CouponScope } from './coupon.ts';

/**
 * Locks the categories of a scope for share, and checks that its products exist: they are never deleted. Call it before any coupon
 * is locked.
 *
 * @throws AppError CATEGORY_NOT_FOUND, VALIDATION_FAILED
 */
export async function requireScope(
  trx: Knex.Transaction,
  { productIds = [], categoryIds = [] }: Partial<CouponScope>,
): Promise<void> {
  await shareCategories(trx, categoryIds);
  if (productIds.length === 0) return;
  const found = await query(trx, 'SELECT id FROM products WHERE id IN (?)', [productIds.map(sqlId)]);
  if (found.length === productIds.length) return;
  throw new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'productIds', message: 'productIds must be ids of existing products' }],
  });
}
