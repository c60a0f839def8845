import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { shopRoutes } from './routes.ts';

/** Here, because a shop is of no use without its catalogue, and stays open while payment is away. */
export function shopFeature({ config: { currency, taxRatePercent, shop } }: ServiceContext<Config>): Feature {
  return { name: 'shop', description: 'Settings of the shop', endpoints: shopRoutes({ currency, taxRatePercent, ...shop }) };
}
