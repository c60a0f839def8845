import assert from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import { requireOther } from '@florin/auth-middleware';
import { execute, idBytes, queryFirst } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { type LockedWallet, lockWallet } from '../wallets/index.ts';
import { auditAdjustment, insertAdjustment, moveAdjustment } from './adjust-wallet.ts';
import type { Adjustment } from './adjustment.ts';
import { adjustmentErrors } from './errors.ts';
import { lockReview, readReview, type StoredReview } from './review.ts';

type Decision = { adjustmentId: string; actorId: string; verdict: 'approved' | 'rejected' };

/**
 * Approves an adjustment, which moves its money, or rejects it. The first decision to lock the wallet wins; repeating it changes
 * nothing.
 *
 * @throws AppError NOT_FOUND; OWN_ACCOUNT; REQUESTED_BY_YOU; INVALID_TRANSITION after the other decision;
 *   WALLET_INSUFFICIENT_FUNDS or WALLET_FULL, which leave the adjustment pending
 */
export async function decideReview(trx: Knex.Transaction, decision: Decision): Promise<Adjustment> {
  const { adjustmentId, actorId, verdict } = decision;
  const adjustment = await readReview(trx, adjustmentId);
  requireOther(actorId, adjustment.userId);
  if (actorId === adjustment.requestedBy) throw new AppError(adjustmentErrors.REQUESTED_BY_YOU);
  const locked = await lockWallet(trx, adjustment);
  const stored = await lockReview(trx, adjustmentId);
  if (stored.status === verdict) return readReview(trx, adjustmentId);
  if (stored.status !== 'pending') throw isDecided(`The adjustment is ${stored.status}.`);
  await updateReview(trx, decision, locked.lockedAt);
  await appendAuditEntry(trx, {
    actorId,
    action: verdict === 'approved' ? 'adjustment.approve' : 'adjustment.reject',
    subject: adjustmentId,
    before: { status: 'pending' },
    after: { status: verdict, requestedBy: adjustment.requestedBy },
  });
  if (verdict === 'approved') await post(trx, locked, { adjustment, stored, actorId });
  return readReview(trx, adjustmentId);
}

type Approved = { adjustment: Adjustment; stored: StoredReview; actorId: string };

/** `adjusted_by` is the admin who requested the adjustment: the idempotency key is theirs. */
async function post(trx: Knex.Transaction, locked: LockedWallet, { adjustment, stored, actorId }: Approved): Promise<void> {
  const { id, requestedBy } = adjustment;
  const idempotencyKey = stored.idempotency_key.toString();
  await refuseSecond(trx, { requestedBy, key: stored.idempotency_key });
  const { adjusted, ...posted } = await moveAdjustment(trx, locked, adjustment);
  const keyed = { idempotencyKey, requestHash: stored.request_hash, sentHash: stored.sent_hash ?? undefined };
  await insertAdjustment(trx, { ...adjustment, ...posted, ...keyed, walletId: adjusted.id, actorId: requestedBy });
  await auditAdjustment(trx, { actorId, before: locked.wallet, after: adjusted, adjustmentId: id, requestedBy });
  await locked.save(adjusted);
}

/** An instance of the release before knows no reviews: a retry that it served has posted the adjustment. */
async function refuseSecond(trx: Knex.Transaction, { requestedBy, key }: { requestedBy: string; key: Buffer }): Promise<void> {
  const sql = 'SELECT id FROM adjustments WHERE adjusted_by = ? AND idempotency_key = ?';
  const earlier = await queryFirst(trx, sql, [idBytes(requestedBy), key]);
  if (earlier !== undefined) throw isDecided('The adjustment was posted under its Idempotency-Key without a review. Reject it.');
}

function isDecided(detail: string): AppError {
  return new AppError(requestErrors.INVALID_TRANSITION, { detail });
}

async function updateReview(trx: Knex.Transaction, { adjustmentId, actorId, verdict }: Decision, at: Date): Promise<void> {
  const { affectedRows } = await execute(
    trx,
    "UPDATE adjustment_reviews SET status = ?, decided_by = ?, decided_at = ? WHERE id = ? AND status = 'pending'",
    [verdict, idBytes(actorId), at, idBytes(adjustmentId)],
  );
  assert.equal(affectedRows, 1, `review ${adjustmentId} was decided under its lock`);
}
