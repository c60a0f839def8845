import { afterCommit } from '@florin/database';
import { type BoundedMetric, createCounter, createHistogram } from '@florin/runtime';
import type { Knex } from 'knex';
import type { LockedPurchase } from './lock-purchases.ts';
import type { Transition } from './purchase-transitions.ts';

type Change = {
  purchase: Pick<LockedPurchase, 'status' | 'createdAt'>;
  transition: Pick<Transition, 'status' | 'declineReason'>;
};

export type PurchaseMetrics = {
  metrics: readonly BoundedMetric[];
  countRequested(purchases: number): void;
  /** Counts those of the changes that decide a purchase, once they are committed. */
  countDecided(trx: Knex.Transaction, changes: readonly Change[], at: Date): void;
};

/** Payment has six decline reasons. The set is open, and later releases may have more. */
const MAX_CODES = 20;

/** Counts purchases, and measures the time from request to decision by the database's clock. */
export function createPurchaseMetrics(): PurchaseMetrics {
  const requested = createCounter({ name: 'florin_purchases_requested_total', help: 'Purchases that were accepted', labels: {} });
  const decided = createCounter({
    name: 'florin_purchases_decided_total',
    help: 'Purchases by decision: paid, declined, or cancelled before payment decided. code: the reason of a decline',
    labels: { outcome: ['paid', 'declined', 'cancelled'], code: MAX_CODES },
  });
  const durations = createHistogram({
    name: 'florin_purchase_decision_seconds',
    help: 'Time from the request of a purchase to its decision, or to its cancellation without one',
    labels: {},
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  });
  // From 0, so that the first purchase is an increase.
  requested.inc({}, 0);
  for (const outcome of ['paid', 'cancelled']) decided.inc({ outcome, code: '' }, 0);
  return {
    metrics: [requested, decided, durations],
    countRequested: (purchases) => requested.inc({}, purchases),
    countDecided(trx, changes, at) {
      const decisions = changes.filter(
        ({ purchase, transition }) => purchase.status === 'requested' && transition.status !== 'requested',
      );
      if (decisions.length === 0) return;
      afterCommit(trx, () => {
        for (const { purchase, transition } of decisions) {
          decided.inc({ outcome: transition.status, code: transition.declineReason ?? '' });
          durations.observe({}, Math.max(0, at.getTime() - purchase.createdAt.getTime()) / 1000);
        }
      });
    },
  };
}

type Params = { purchaseMetrics?: PurchaseMetrics };

/** Counts the decisions of every later transaction of this database. */
export function setPurchaseMetrics(db: Knex, purchaseMetrics: PurchaseMetrics): void {
  db.userParams = { ...db.userParams, purchaseMetrics };
}

/** Returns the metrics of the database; undefined if nobody counts, such as in a command. */
export function purchaseMetricsOf(trx: Knex.Transaction): PurchaseMetrics | undefined {
  return (trx.userParams as Params | undefined)?.purchaseMetrics;
}
