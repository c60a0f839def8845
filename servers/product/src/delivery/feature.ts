import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { methodRoutes } from './routes.ts';

export function deliveryFeature({ config, db, transact }: ServiceContext<Config>): Feature {
  return {
    name: 'delivery',
    description: 'Delivery methods and what they cost',
    endpoints: methodRoutes({ db, transact, currency: config.currency }),
  };
}
