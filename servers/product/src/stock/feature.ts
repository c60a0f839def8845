import type { Feature, ServiceContext } from '@florin/service';
import { stockInvariants } from './invariants.ts';
import { stockRoutes } from './routes.ts';

export function stockFeature(context: ServiceContext<unknown>): Feature {
  return { name: 'stock', description: 'Movements of stock', endpoints: stockRoutes(context), invariants: stockInvariants };
}
