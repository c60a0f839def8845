import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { eraseDeliveries } from './erase-deliveries.ts';
import { fulfilmentInvariants } from './invariants.ts';
import { trackingRoutes } from './tracking-routes.ts';
import { warehouseRoutes } from './warehouse-routes.ts';

/** Comes after the purchases, whose operation on `user-erased` locks the purchases first. */
export function fulfilmentFeature({ db, transact }: ServiceContext<Config>): Feature {
  return {
    name: 'fulfilment',
    description: 'Packing, shipping and tracking of purchases',
    endpoints: [...trackingRoutes({ db, transact }), ...warehouseRoutes({ db, transact })],
    subscriptions: [{ event: 'user-erased', handle: eraseDeliveries }],
    invariants: fulfilmentInvariants,
  };
}
