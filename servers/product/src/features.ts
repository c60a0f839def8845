import type { ServiceDefinition } from '@florin/service';
import { buyerLimitsFeature } from './buyer-limits/feature.ts';
import { catalogueFeature } from './catalogue/feature.ts';
import { type Config, readConfig } from './config.ts';
import { productImportFeature } from './product-import/feature.ts';
import { purchasesFeature } from './purchases/feature.ts';
import { stockFeature } from './stock/feature.ts';

/** The import is mounted before the catalogue: `/v1/products/export` must match before `/v1/products/:id`. */
export const product: ServiceDefinition<Config> = {
  name: 'product',
  readConfig,
  features: (context) => [
    buyerLimitsFeature(),
    stockFeature(context),
    productImportFeature(context),
    catalogueFeature(context),
    purchasesFeature(context),
  ],
};
