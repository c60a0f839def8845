import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { createFreeJob } from './free-job.ts';
import { couponInvariants } from './invariants.ts';
import { couponRoutes } from './routes.ts';

export function couponsFeature(context: ServiceContext<Config>): Feature {
  return {
    name: 'coupons',
    description: 'Coupons, and the purchases that redeemed them',
    endpoints: couponRoutes(context),
    jobs: [createFreeJob(context)],
    invariants: couponInvariants,
  };
}
