import { createStateGauge } from '@florin/runtime';
import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { holdStates } from './hold.ts';
import { createHoldExpiry } from './hold-expiry.ts';
import { holdInvariants } from './invariants.ts';
import { holdRoutes } from './routes.ts';

export function holdsFeature({ config, db, transact, logger, metrics, clocks }: ServiceContext<Config>): Feature {
  const states = createStateGauge({
    db,
    logger,
    metrics,
    name: 'florin_holds',
    help: 'Holds by state',
    job: 'count-holds',
    table: 'holds',
    states: holdStates.map((state) => ({ state, where: `status = '${state}'`, index: 'holds_status_time', along: 'created_at' })),
  });
  return {
    name: 'holds',
    description: 'Reservations of money, which are captured or released',
    endpoints: holdRoutes({ db, transact }, config),
    jobs: [createHoldExpiry({ transact, logger, metrics, clocks, everyMs: config.walletSweepMs }), states.job],
    invariants: holdInvariants,
    metrics: [states.metric],
  };
}
