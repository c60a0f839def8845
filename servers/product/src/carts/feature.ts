import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { createCartDeletion } from './delete-old-carts.ts';
import { cartInvariants } from './invariants.ts';
import { cartRoutes } from './routes.ts';

/** Checkout is in the purchases, which it makes; the purchases also erase the carts of erased users. */
export function cartsFeature({ config, db, transact, logger, metrics, clocks }: ServiceContext<Config>): Feature {
  const { currency, taxRatePercent, cartTtlS } = config;
  return {
    name: 'carts',
    description: 'The cart of each buyer, at the current prices',
    endpoints: cartRoutes({ db, transact, options: { currency, taxRatePercent } }),
    jobs: [createCartDeletion({ transact, logger, metrics, clocks }, { ttlS: cartTtlS })],
    invariants: cartInvariants,
  };
}
