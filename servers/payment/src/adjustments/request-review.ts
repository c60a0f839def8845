import { column, defineTable, insertRows, newIdAt } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockWallet } from '../wallets/index.ts';
import { type AdjustmentRequest, hashAdjustment } from './adjust-wallet.ts';
import type { Adjustment, ReviewStatus } from './adjustment.ts';
import { savePersonalText } from './personal-texts.ts';

export const reviewsTable = defineTable('adjustment_reviews', {
  id: column.id(),
  walletId: column.id(),
  userId: column.id(),
  amountMinor: column.money(),
  currency: column.text('char(3)'),
  status: column.text<ReviewStatus>('varchar(16)'),
  requestedBy: column.id(),
  idempotencyKey: column.textBytes('varbinary(255)'),
  requestHash: column.bytes('binary(32)'),
  sentHash: column.bytes('binary(32)').orNull(),
  createdAt: column.time(),
  decidedBy: column.id().orNull().byDatabase(),
  decidedAt: column.time().orNull().byDatabase(),
});

/**
 * Stores an adjustment that another admin must approve. Moves no money and publishes nothing. The balance is checked when the
 * adjustment is approved.
 *
 * @throws AppError WALLET_NOT_FOUND; a duplicate-key error if the actor used the key before
 */
export async function requestReview(trx: Knex.Transaction, request: AdjustmentRequest): Promise<Adjustment> {
  const { userId, currency, amountMinor, reason, actorId: requestedBy, idempotencyKey, sentHash = null } = request;
  const { wallet, lockedAt: createdAt } = await lockWallet(trx, request);
  const id = newIdAt(createdAt);
  const shown = { id, userId, amountMinor, currency, status: 'pending', requestedBy, createdAt } as const;
  const keyed = { idempotencyKey, requestHash: hashAdjustment(request), sentHash };
  await insertRows(trx, reviewsTable, [{ ...shown, ...keyed, walletId: wallet.id }]);
  await savePersonalText(trx, { id, userId, text: reason });
  await appendAuditEntry(trx, {
    actorId: requestedBy,
    action: 'adjustment.request',
    subject: id,
    after: { status: 'pending', walletId: wallet.id, amountMinor, currency },
  });
  return { ...shown, reason };
}
