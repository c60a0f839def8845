import type { Feature, ServiceDefinition } from '@florin/service';
import { buyerLimitsFeature } from './buyer-limits/feature.ts';
import { cartsFeature } from './carts/feature.ts';
import { catalogueFeature } from './catalogue/feature.ts';
import { claimsFeature } from './claims/feature.ts';
import { type Config, readConfig } from './config.ts';
import { couponsFeature } from './coupons/feature.ts';
import { customersFeature } from './customers/feature.ts';
import { deliveryFeature } from './delivery/feature.ts';
import { fulfilmentFeature } from './fulfilment/feature.ts';
import { imagesFeature } from './images/feature.ts';
import { productImportFeature } from './product-import/feature.ts';
import { purchasesFeature } from './purchases/feature.ts';
import { rights } from './rights.ts';
import { searchFeature } from './search/feature.ts';
import { shopFeature } from './shop/feature.ts';
import { sitemapFeature } from './sitemap/feature.ts';
import { stockFeature } from './stock/feature.ts';

/**
 * The order is that of the paths, which Express tries one after another. Purchases come first, because they are requested most.
 * Purchases also come first because their operation on `user-erased` must run before those of claims and fulfilment. The import comes
 * before the catalogue: `/v1/products/export` must match before `/v1/products/:id`.
 */
export const product: ServiceDefinition<Config> = {
  name: 'product',
  readConfig,
  rights,
  features: (context) => [
    purchasesFeature(context),
    ...ofShop(context.config, [
      cartsFeature(context),
      claimsFeature(context),
      couponsFeature(context),
      deliveryFeature(context),
      fulfilmentFeature(context),
      customersFeature(context),
    ]),
    buyerLimitsFeature(),
    stockFeature(context),
    imagesFeature(),
    productImportFeature(context),
    catalogueFeature(context),
    searchFeature(context),
    shopFeature(context),
    sitemapFeature(context),
  ],
};

/** SHOP=off: the features of the shop have no endpoints. Their events, jobs and invariants stay, for what other instances wrote. */
function ofShop({ isShopOn }: Config, features: readonly Feature[]): Feature[] {
  return features.map((feature) => (isShopOn ? feature : { ...feature, endpoints: [] }));
}
