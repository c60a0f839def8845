import { requireOther } from '@florin/auth-middleware';
import { type KeyedRequest, requestHash } from '@florin/http';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { lockPurchase } from '../purchases/index.ts';
import { requestRefund } from './request-refund.ts';

export type NewRefund = KeyedRequest & {
  purchaseId: string;
  amountMinor: number;
  reason: string;
  by: string;
  /** Largest amount that needs no second member of staff. */
  reviewAboveMinor: number;
};

/**
 * Requests a partial refund for staff. The idempotency key, the refund and the event are written together. The reason is not stored if
 * the buyer was erased.
 *
 * @returns the refund's id
 * @throws AppError NOT_FOUND, OWN_ACCOUNT, INVALID_TRANSITION, REFUND_EXCEEDS_CHARGE, TOO_MANY_REFUNDS; a duplicate-key error if the
 *   user has used the idempotency key before
 */
export async function createRefund(trx: Knex.Transaction, wanted: NewRefund): Promise<string> {
  const { purchaseId, amountMinor, by, reviewAboveMinor, idempotencyKey, sentHash = null } = wanted;
  const locked = await lockPurchase(trx, purchaseId);
  const { userId } = locked.purchase;
  requireOther(by, userId);
  const erased = await findErased(trx, [userId]);
  const { id, events } = await requestRefund(trx, locked, {
    amountMinor,
    requestedBy: by,
    by,
    reason: erased.has(userId) ? undefined : wanted.reason,
    keyed: { idempotencyKey, requestHash: hashRefund(wanted), sentHash },
    reviewAboveMinor,
  });
  await appendEvents(trx, events);
  return id;
}

/** The `request_hash` of refunds. */
export function hashRefund({ purchaseId, amountMinor, reason }: Readonly<Record<string, unknown>>): Buffer {
  return requestHash([purchaseId, amountMinor, reason]);
}
