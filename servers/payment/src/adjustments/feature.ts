import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { adjustmentInvariants } from './invariants.ts';
import { adjustmentRoutes } from './routes.ts';

export function adjustmentsFeature({ config, db, transact }: ServiceContext<Config>): Feature {
  return { name: 'adjustments', endpoints: adjustmentRoutes({ db, transact }, config), invariants: adjustmentInvariants };
}
