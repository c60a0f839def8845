import { makeEvent } from '@florin/events';
import { appendEvents } from '@florin/messaging';
import type { Knex } from 'knex';
import { findErased } from '../erased-users/index.ts';
import { lockPurchases } from './lock-purchases.ts';
import { onCancel } from './purchase-transitions.ts';
import { refuseLargeEvent } from './refuse-large-event.ts';
import { insertTimeline } from './timeline.ts';
import { type Changed, writeTransitions } from './write-transitions.ts';

export type Cancel = {
  purchaseId: string;
  by: 'buyer' | 'staff' | 'timeout';
  reason?: string | undefined;
};

export type CancelAnswer = 'cancelled' | 'already' | 'refused' | 'unknown';

/**
 * Cancels purchases that are requested or paid: returns the stock and publishes the event that requests a refund. Cancelling again
 * answers 'already', without a second event. The reason is not stored if the buyer was erased.
 *
 * @throws AppError PURCHASE_TOO_LARGE if a reason makes its event too large
 */
export async function cancelPurchases(trx: Knex.Transaction, cancels: readonly Cancel[]): Promise<CancelAnswer[]> {
  const { purchases, lockedAt: at } = await lockPurchases(
    trx,
    cancels.map(({ purchaseId }) => purchaseId),
  );
  const changes = new Map<string, Changed & { cancel: Cancel }>();
  const answers = cancels.map((cancel): CancelAnswer => {
    const purchase = purchases.get(cancel.purchaseId);
    if (purchase === undefined) return 'unknown';
    const transition = changes.has(purchase.id) ? 'already' : onCancel(purchase);
    if (typeof transition === 'string') return transition;
    changes.set(purchase.id, { purchase, transition, cancel });
    return 'cancelled';
  });
  if (changes.size === 0) return answers;
  const erased = await findErased(
    trx,
    [...changes.values()].filter(({ cancel }) => cancel.reason !== undefined).map(({ purchase }) => purchase.userId),
  );
  const events = [...changes.values()].map(({ purchase: { id: purchaseId, userId, version }, cancel }) => {
    const { by } = cancel;
    const reason = erased.has(userId) ? undefined : cancel.reason;
    return makeEvent('purchase-cancelled', {
      sequence: version + 1,
      time: at,
      data: { purchaseId, userId, by, ...(reason === undefined ? {} : { reason }) },
    });
  });
  const refusal = events.map((event) => refuseLargeEvent(trx, event)).find((one) => one !== undefined);
  if (refusal !== undefined) throw refusal;
  await writeTransitions(trx, [...changes.values()], at);
  await insertTimeline(
    trx,
    events.map(({ event }) => event),
  );
  await appendEvents(trx, events);
  return answers;
}
