import { createStateGauge } from '@florin/runtime';
import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { paymentInvariants } from './invariants.ts';
import { payPurchases } from './pay-purchases.ts';
import { createPaymentsDecided, setPaymentsDecided } from './payment-metrics.ts';
import { refundPartially } from './refund-partially.ts';
import { refundPurchases } from './refund-purchases.ts';
import { paymentRoutes } from './routes.ts';

export function paymentsFeature({ config, db, logger, metrics }: ServiceContext<Config>): Feature {
  const decided = createPaymentsDecided();
  setPaymentsDecided(db, decided);
  const refunds = createStateGauge({
    db,
    logger,
    metrics,
    name: 'florin_refunds',
    help: 'Cancelled purchases by refund: done, or void because nothing was charged',
    job: 'count-refunds',
    table: 'payments',
    states: [
      { state: 'done', where: "status = 'refunded'", index: 'payments_status_time', along: 'created_at' },
      { state: 'void', where: "status = 'voided'", index: 'payments_status_time', along: 'created_at' },
    ],
  });
  return {
    name: 'payments',
    description: 'The decision on each purchase, and its explanation',
    endpoints: paymentRoutes(db),
    subscriptions: [
      { event: 'purchase-requested', handle: payPurchases },
      { event: 'purchase-cancelled', handle: (trx, events) => refundPurchases(trx, events, config) },
      { event: 'refund-requested', handle: refundPartially },
    ],
    jobs: [refunds.job],
    invariants: paymentInvariants,
    metrics: [decided, refunds.metric],
  };
}
