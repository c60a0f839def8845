import { createStateGauge } from '@florin/runtime';
import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { createAskAgainJob } from './ask-again-job.ts';
import { claimRoutes } from './claim-routes.ts';
import { eraseClaims } from './erase-claims.ts';
import { claimInvariants } from './invariants.ts';
import { recordRefunds } from './record-refunds.ts';
import { refundRoutes } from './refund-routes.ts';

export function claimsFeature({ config, db, transact, logger, metrics }: ServiceContext<Config>): Feature {
  const { refundReviewAboveMinor: reviewAboveMinor, shop } = config;
  const refunds = createStateGauge({
    db,
    logger,
    metrics,
    name: 'florin_partial_refunds',
    help: 'Partial refunds by state: review, pending, or stuck (pending, and payment was asked 4 times or more)',
    job: 'count-partial-refunds',
    table: 'refunds',
    states: [
      { state: 'review', where: "status = 'review'", index: 'refunds_status' },
      { state: 'pending', where: "status = 'pending'", index: 'refunds_status' },
      // Pending refunds are few: the rows are read.
      { state: 'stuck', where: "status = 'pending' AND attempts >= 4", index: 'refunds_status' },
    ],
  });
  return {
    name: 'claims',
    description: 'Claims about delivered purchases, and partial refunds',
    endpoints: [
      ...claimRoutes({ db, transact, claimDays: shop.claimDays, reviewAboveMinor }),
      ...refundRoutes({ db, transact, reviewAboveMinor }),
    ],
    subscriptions: [
      { event: 'user-erased', handle: eraseClaims },
      { event: 'refund-posted', handle: recordRefunds },
      { event: 'refund-rejected', handle: recordRefunds },
    ],
    jobs: [createAskAgainJob({ transact, logger, metrics }), refunds.job],
    invariants: claimInvariants,
    metrics: [refunds.metric],
  };
}
