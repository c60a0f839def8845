import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { categoryRoutes } from './category-routes.ts';
import { productRoutes } from './routes.ts';

export function catalogueFeature({ config: { currency }, db, transact }: ServiceContext<Config>): Feature {
  return {
    name: 'catalogue',
    endpoints: [...categoryRoutes({ db, transact }), ...productRoutes({ db, transact, currency })],
  };
}
