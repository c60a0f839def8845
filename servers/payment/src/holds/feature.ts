import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { createHoldExpiry } from './hold-expiry.ts';
import { holdInvariants } from './invariants.ts';
import { holdRoutes } from './routes.ts';

export function holdsFeature({ config, db, transact, logger, clocks }: ServiceContext<Config>): Feature {
  return {
    name: 'holds',
    description: 'Reservations of money, which are captured or released',
    endpoints: holdRoutes({ db, transact }, config),
    jobs: [createHoldExpiry({ transact, logger, clocks, everyMs: config.walletSweepMs })],
    invariants: holdInvariants,
  };
}
