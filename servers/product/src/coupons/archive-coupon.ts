import { execute, sqlId } from '@florin/database';
import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockCoupon } from './lock-coupon.ts';

/**
 * Archives a coupon: it applies to no further purchase. Accepted purchases keep their discount. Archiving again changes nothing.
 *
 * @throws AppError NOT_FOUND, or PRECONDITION_FAILED if the coupon's version is not that of `ifMatch`
 */
export async function archiveCoupon(
  trx: Knex.Transaction,
  id: string,
  { ifMatch, by }: { ifMatch: IfMatch; by: string },
): Promise<void> {
  const before = await lockCoupon(trx, id);
  if (before.status === 'archived') return;
  requireMatch(ifMatch, before);
  await execute(trx, `UPDATE coupons SET status = 'archived', version = version + 1, updated_at = NOW(3) WHERE id = ?`, [
    sqlId(id),
  ]);
  await appendAuditEntry(trx, { actorId: by, action: 'coupon.archive', subject: id });
}
