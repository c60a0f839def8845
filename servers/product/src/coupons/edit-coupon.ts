import { omitFields, updateByKey } from '@florin/database';
import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Coupon } from './coupon.ts';
import type { CouponChanges } from './coupon-fields.ts';
import { replaceScope } from './coupon-scopes.ts';
import { couponsTable } from './coupons-table.ts';
import { hasScope } from './create-coupon.ts';
import { orCodeTaken } from './errors.ts';
import { lockCoupon } from './lock-coupon.ts';
import { readCoupon } from './read-coupons.ts';
import { requireConsistent } from './require-consistent.ts';
import { requireLimits } from './require-limits.ts';
import { requireScope } from './require-scope.ts';

type Edit = { id: string; ifMatch: IfMatch; changes: CouponChanges; by: string };

const editedTable = omitFields(couponsTable, ['version', 'createdAt']);

/**
 * Changes a coupon. Purchases that were accepted keep their discount. The lock waits for redemptions under way, so that they count
 * towards a new limit.
 *
 * @throws AppError NOT_FOUND, PRECONDITION_FAILED, COUPON_CODE_TAKEN, COUPON_LIMIT_TOO_LOW, CATEGORY_NOT_FOUND, VALIDATION_FAILED
 */
export async function editCoupon(trx: Knex.Transaction, { id, ifMatch, changes, by }: Edit): Promise<Coupon> {
  await requireScope(trx, changes);
  const before = await lockCoupon(trx, id);
  requireMatch(ifMatch, before);
  const edited = { ...before, ...changes, updatedAt: new Date() };
  requireConsistent(edited);
  const redemptions = await requireLimits(trx, before, edited);
  await orCodeTaken(
    updateByKey(trx, editedTable, [{ ...edited, redemptions, isScoped: hasScope(edited) }], {
      set: 'coupons.version = coupons.version + 1',
    }),
  );
  if (changes.productIds !== undefined || changes.categoryIds !== undefined) await replaceScope(trx, id, edited);
  const after = await readCoupon(trx, id);
  await appendAuditEntry(trx, { actorId: by, action: 'coupon.edit', subject: id, before, after });
  return after;
}
