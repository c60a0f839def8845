import { insertRows, newId, nullsOf, omitFields } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Coupon, noScope } from './coupon.ts';
import type { NewCoupon } from './coupon-fields.ts';
import { insertScope } from './coupon-scopes.ts';
import { couponsTable } from './coupons-table.ts';
import { orCodeTaken } from './errors.ts';
import { readCoupon } from './read-coupons.ts';
import { requireConsistent } from './require-consistent.ts';
import { requireScope } from './require-scope.ts';

const blank = { ...nullsOf(omitFields(couponsTable, [])), ...noScope, status: 'active' as const };

/** @throws AppError COUPON_CODE_TAKEN, CATEGORY_NOT_FOUND, VALIDATION_FAILED if fields contradict each other or a product does not exist */
export async function createCoupon(trx: Knex.Transaction, fields: NewCoupon, { by }: { by: string }): Promise<Coupon> {
  const coupon = { ...blank, ...fields };
  requireConsistent(coupon);
  await requireScope(trx, coupon);
  const id = newId();
  const at = new Date();
  await orCodeTaken(insertRows(trx, couponsTable, [{ ...coupon, id, isScoped: hasScope(coupon), createdAt: at, updatedAt: at }]));
  await insertScope(trx, id, coupon);
  const after = await readCoupon(trx, id);
  await appendAuditEntry(trx, { actorId: by, action: 'coupon.create', subject: id, after });
  return after;
}

export function hasScope({ productIds, categoryIds }: Pick<Coupon, 'productIds' | 'categoryIds'>): boolean {
  return productIds.length > 0 || categoryIds.length > 0;
}
