import assert from 'node:assert/strict';
import { lockByIds, pickFields, updateByKey } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';
import { afterItsCause, insertTimeline, type LockedPurchase, lockPurchases, purchasesTable } from '../purchases/index.ts';
import { plainRefunds, type Refund, refundsTable } from './refund.ts';

type RefundOutcome = Event<'refund-posted' | 'refund-rejected'>;

/**
 * Records payment's answers. The refunded total of a purchase is set from the answer with the highest sequence and never added up, so
 * that answers may repeat. The timeline shows the first answer about a refund.
 */
export async function recordRefunds(trx: Knex.Transaction, events: readonly RefundOutcome[]): Promise<void> {
  const { purchases, lockedAt } = await lockPurchases(
    trx,
    events.map(({ data }) => data.purchaseId),
  );
  const refunds = await lockByIds(
    trx,
    plainRefunds,
    events.map(({ data }) => data.refundId),
  );
  const answered = new Map<string, Refund>();
  const totals = new Map<string, LockedPurchase>();
  const shown: RefundOutcome[] = [];
  for (const event of events) {
    const refund = refunds.get(event.data.refundId);
    const purchase = totals.get(event.data.purchaseId) ?? purchases.get(event.data.purchaseId);
    assert(purchase !== undefined, `${event.type} for purchase ${event.data.purchaseId}, which does not exist`);
    assertMatch(event, refund, purchase);
    if (refund.status === 'pending' && !answered.has(refund.id)) {
      answered.set(refund.id, withAnswer(refund, event, lockedAt));
      shown.push(afterItsCause(event, refund.askedAt ?? lockedAt));
    }
    const total = withTotal(purchase, event);
    if (total !== undefined) totals.set(purchase.id, total);
  }
  await updateByKey(trx, answeredTable, [...answered.values()].map(answerOf));
  await updateByKey(trx, totalTable, [...totals.values()].map(totalOf), { set: 'purchases.updated_at = NOW(3)' });
  if (shown.length > 0) await insertTimeline(trx, shown);
}

/** An answer that does not belong to its refund is poison. */
function assertMatch(
  { type, data }: RefundOutcome,
  refund: Refund | undefined,
  purchase: LockedPurchase,
): asserts refund is Refund {
  assert(refund !== undefined, `${type} for refund ${data.refundId}, which does not exist`);
  assert.equal(data.purchaseId, refund.purchaseId, `${type} for refund ${refund.id} names another purchase`);
  assert.equal(data.amountMinor, refund.amountMinor, `${type} for refund ${refund.id} has another amount`);
  assert(refund.askedAt !== null, `${type} for refund ${refund.id}, which was not requested yet`);
  assert(data.refundedTotalMinor <= purchase.totalMinor, `${type} for refund ${refund.id} exceeds the purchase`);
}

function withAnswer(refund: Refund, event: RefundOutcome, updatedAt: Date): Refund {
  const asked = { ...refund, nextAttemptAt: null, updatedAt };
  return event.type === 'refund-posted'
    ? { ...asked, status: 'done', transferId: event.data.transferId }
    : { ...asked, status: 'rejected', rejection: event.data.reason };
}

function withTotal(purchase: LockedPurchase, event: RefundOutcome): LockedPurchase | undefined {
  const refundedSequence = Number(event.sequence);
  if (refundedSequence <= purchase.refundedSequence) return undefined;
  return { ...purchase, refundedMinor: event.data.refundedTotalMinor, refundedSequence };
}

const answeredTable = pickFields(refundsTable, ['id', 'status', 'nextAttemptAt', 'rejection', 'transferId', 'updatedAt']);
const totalTable = pickFields(purchasesTable, ['id', 'refundedMinor', 'refundedSequence']);

function answerOf({ id, status, nextAttemptAt, rejection, transferId, updatedAt }: Refund) {
  return { id, status, nextAttemptAt, rejection, transferId, updatedAt };
}

function totalOf({ id, refundedMinor, refundedSequence }: LockedPurchase) {
  return { id, refundedMinor, refundedSequence };
}
