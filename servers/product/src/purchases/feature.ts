import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { createPurchaseAcceptor } from './accept-purchases.ts';
import { createDecisionWatch } from './decision-watch.ts';
import { eraseBuyers } from './erase-buyers.ts';
import { purchaseInvariants } from './invariants.ts';
import { createNumberJob } from './number-job.ts';
import { createPurchaseMetrics, setPurchaseMetrics } from './purchase-metrics.ts';
import { recordOutcomes } from './record-outcomes.ts';
import { purchaseRoutes } from './routes.ts';
import { createTimeoutJob } from './timeout-job.ts';

export function purchasesFeature(context: ServiceContext<Config>): Feature {
  const { config, db, transact, tracer, logger, metrics, clocks, copies, assertTimely, switches } = context;
  const { currency, taxRatePercent, isShopOn, purchaseTimeoutS: timeoutS } = config;
  const counted = createPurchaseMetrics();
  setPurchaseMetrics(db, counted);
  const decisions = createDecisionWatch(db);
  const acceptor = createPurchaseAcceptor({
    transact,
    tracer,
    assertTimely,
    metrics: { observeBatch: metrics.observeBatch, countRequested: counted.countRequested },
    areStopped: switches.define('stop-purchases', 'New purchases get 503 PURCHASES_PAUSED. Accepted ones go on').isOn,
    pace: { copies, undecidedMax: config.purchasesUndecidedMax },
    taxRatePercent,
    batchSize: config.purchaseBatchSize,
    maxWaiting: config.purchaseMaxWaiting,
  });
  return {
    name: 'purchases',
    description: 'Purchases, from the request to the delivery',
    endpoints: purchaseRoutes({ db, transact, currency, taxRatePercent, isShopOn, timeoutS, acceptor, decisions }),
    subscriptions: [
      { event: 'user-erased', handle: eraseBuyers },
      { event: 'purchase-paid', handle: recordOutcomes },
      { event: 'purchase-declined', handle: recordOutcomes },
      { event: 'purchase-refunded', handle: recordOutcomes },
    ],
    jobs: [
      createNumberJob({ transact, logger, metrics }),
      createTimeoutJob({ transact, logger, metrics, clocks, copies, timeoutS }),
    ],
    invariants: purchaseInvariants,
    metrics: counted.metrics,
    onCommitted: decisions.notify,
    releaseRequests: decisions.stop,
  };
}
