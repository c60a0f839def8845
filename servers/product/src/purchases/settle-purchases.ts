import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { type LockedPurchase, lockPurchases } from './lock-purchases.ts';
import { onPaymentAnswer, type PaymentAnswer } from './purchase-transitions.ts';
import { insertTimeline } from './timeline.ts';
import { type Changed, writeTransitions } from './write-transitions.ts';

/** Takes payment's answers: paid, declined (stock goes back) or refunded. Every answer is on the timeline, also one that comes late. */
export async function settlePurchases(trx: Knex.Transaction, events: readonly PaymentAnswer[]): Promise<void> {
  const { purchases, lockedAt } = await lockPurchases(
    trx,
    events.map(({ subject }) => subject),
  );
  const changes = new Map<string, Changed>();
  for (const event of events) {
    const purchase = purchases.get(event.subject);
    assert(purchase, `${event.type} for purchase ${event.subject}, which does not exist`);
    const transition = onPaymentAnswer(changes.get(purchase.id)?.transition ?? purchase, event);
    if (transition) changes.set(purchase.id, { purchase, transition });
  }
  await writeTransitions(trx, [...changes.values()], lockedAt);
  await insertTimeline(
    trx,
    events.map((event) => afterItsCause(event, purchases.get(event.subject))),
  );
}

/** Payment's clock may be behind: an answer is never shown before what it answers. */
function afterItsCause(event: PaymentAnswer, purchase: LockedPurchase | undefined): PaymentAnswer {
  if (purchase === undefined) return event;
  const { createdAt, updatedAt, status } = purchase;
  const cause = event.type === 'purchase-refunded' && status === 'cancelled' ? updatedAt : createdAt;
  return cause > new Date(event.time) ? { ...event, time: cause.toISOString() } : event;
}
