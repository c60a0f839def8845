import assert from 'node:assert/strict';
import { pickFields, updateByKey } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import type { Knex } from 'knex';
import { insertTimeline, type LockedPurchase, purchasesTable } from '../purchases/index.ts';
import { type Refund, refundsTable } from './refund.ts';

const FIRST_PAUSE_S = 30;
const MAX_PAUSE_S = 600;

const askedTable = pickFields(refundsTable, ['id', 'status', 'askedAt', 'attempts', 'nextAttemptAt', 'updatedAt']);
const versionTable = pickFields(purchasesTable, ['id', 'version']);

type Options = {
  /** The purchases of the refunds, locked. */
  purchases: ReadonlyMap<string, Pick<LockedPurchase, 'id' | 'version'>>;
  at: Date;
};

/**
 * Makes the event that asks payment for each of these locked refunds, and notes when to ask again: after 30 s, then after twice the
 * pause, at most 10 min. Each question has a new event id and the same refund id. The timeline shows the first.
 *
 * @returns the events to append as the last statement
 */
export async function askPayment(
  trx: Knex.Transaction,
  refunds: readonly Refund[],
  { purchases, at }: Options,
): Promise<OutgoingEvent[]> {
  if (refunds.length === 0) return [];
  const versions = new Map([...purchases].map(([id, { version }]) => [id, version]));
  const events = refunds.map((refund) => {
    const version = versions.get(refund.purchaseId);
    assert(version !== undefined, `purchase ${refund.purchaseId} of refund ${refund.id} is not locked`);
    const sequence = version + 1;
    versions.set(refund.purchaseId, sequence);
    return requestOf(refund, { sequence, time: at });
  });
  await updateByKey(
    trx,
    askedTable,
    refunds.map(({ id, askedAt, attempts }) => ({
      id,
      status: 'pending' as const,
      askedAt: askedAt ?? at,
      attempts: attempts + 1,
      nextAttemptAt: new Date(at.getTime() + pauseS(attempts) * 1_000),
      updatedAt: at,
    })),
  );
  const asked = new Set(refunds.map(({ purchaseId }) => purchaseId));
  await updateByKey(
    trx,
    versionTable,
    [...versions].flatMap(([id, version]) => (asked.has(id) ? [{ id, version }] : [])),
    { set: 'purchases.updated_at = NOW(3)' },
  );
  const first = events.filter((_event, index) => refunds[index]?.attempts === 0);
  if (first.length > 0)
    await insertTimeline(
      trx,
      first.map(({ event }) => event),
    );
  return events;
}

/** @param attempts earlier questions */
export function pauseS(attempts: number): number {
  return Math.min(MAX_PAUSE_S, FIRST_PAUSE_S * 2 ** Math.min(attempts, 10));
}

/** Text of staff stays here: it may be about the buyer. */
function requestOf(
  { id: refundId, purchaseId, userId, claimId, amountMinor, currency }: Refund,
  { sequence, time }: { sequence: number; time: Date },
): OutgoingEvent {
  const reason = claimId === null ? 'staff' : 'claim';
  return makeEvent('refund-requested', {
    sequence,
    time,
    data: { refundId, purchaseId, userId, amountMinor, currency, reason },
  });
}
