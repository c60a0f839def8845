import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { paymentInvariants } from './invariants.ts';
import { payPurchases } from './pay-purchases.ts';
import { refundPurchases } from './refund-purchases.ts';
import { paymentRoutes } from './routes.ts';

export function paymentsFeature({ config, db }: ServiceContext<Config>): Feature {
  return {
    name: 'payments',
    description: 'The decision on each purchase, and its explanation',
    endpoints: paymentRoutes(db),
    subscriptions: [
      { event: 'purchase-requested', handle: payPurchases },
      { event: 'purchase-cancelled', handle: (trx, events) => refundPurchases(trx, events, config) },
    ],
    invariants: paymentInvariants,
  };
}
