import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { categoryRoutes } from './category-routes.ts';
import { catalogueInvariants } from './invariants.ts';
import { createProductSearches } from './product-searches.ts';
import { productRoutes } from './routes.ts';

export function catalogueFeature(context: ServiceContext<Config>): Feature {
  const { config, db, transact } = context;
  const { currency, taxRatePercent } = config;
  const searches = createProductSearches(context);
  return {
    name: 'catalogue',
    description: 'Categories and products',
    invariants: catalogueInvariants,
    endpoints: [
      ...categoryRoutes({ db, transact }),
      ...productRoutes({ db, transact, defaults: { currency, taxRatePercent }, searches }),
    ],
  };
}
