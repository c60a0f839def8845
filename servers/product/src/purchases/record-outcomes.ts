import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import { countDeclines } from '../buyer-limits/index.ts';
import { withoutSurplus } from './bound-timeline.ts';
import { type LockedPurchase, lockPurchases } from './lock-purchases.ts';
import { onPaymentOutcome, type PaymentOutcome } from './purchase-transitions.ts';
import { afterItsCause, insertTimeline } from './timeline.ts';
import { isForFunds } from './why-uncovered.ts';
import { type Changed, writeTransitions } from './write-transitions.ts';

/**
 * Applies outcome events: paid, declined (the stock is returned) or refunded. The timeline gets every event, late ones too, except
 * repeated events of a purchase with a long timeline.
 */
export async function recordOutcomes(trx: Knex.Transaction, events: readonly PaymentOutcome[]): Promise<void> {
  const { purchases, lockedAt } = await lockPurchases(
    trx,
    events.map(({ subject }) => subject),
  );
  const changes = new Map<string, Changed>();
  const unchanging = new Set<PaymentOutcome>();
  for (const event of events) {
    const purchase = purchases.get(event.subject);
    assert(purchase, `${event.type} for purchase ${event.subject}, which does not exist`);
    const transition = onPaymentOutcome(changes.get(purchase.id)?.transition ?? purchase, event);
    if (transition) changes.set(purchase.id, { purchase, transition });
    else unchanging.add(event);
  }
  await writeTransitions(trx, [...changes.values()], lockedAt);
  const declined = [...changes.values()].filter(({ transition }) => isForFunds(transition.declineReason));
  await countDeclines(
    trx,
    declined.map(({ purchase }) => purchase.userId),
  );
  const shown = await withoutSurplus(trx, events, unchanging);
  if (shown.length === 0) return;
  await insertTimeline(
    trx,
    shown.map((event) => afterItsCause(event, causeOf(event, purchases.get(event.subject)) ?? lockedAt)),
  );
}

/** The time of the purchase's change that payment answers. */
function causeOf({ type }: PaymentOutcome, purchase: LockedPurchase | undefined): Date | undefined {
  return type === 'purchase-refunded' && purchase?.status === 'cancelled' ? purchase.updatedAt : purchase?.createdAt;
}
