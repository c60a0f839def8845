import type { Transact } from '@florin/database';
import { type ClockWatch, createPeriodicJob, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import { expireHolds } from './expire-holds.ts';

/** In one transaction. */
const BATCH_SIZE = 100;

type Options = {
  transact: Transact;
  logger: Logger;
  metrics: Pick<Metrics, 'observeJob'>;
  clocks: Pick<ClockWatch, 'whenReliable'>;
  everyMs: number;
};

/** Releases holds whose time to live is over, while the time is reliable. */
export function createHoldExpiry({ transact, logger, metrics, clocks, everyMs }: Options): PeriodicJob {
  return createPeriodicJob({
    job: 'expire-holds',
    name: 'release expired holds',
    everyMs,
    logger,
    metrics,
    run: clocks.whenReliable(async () => (await transact((trx) => expireHolds(trx, { limit: BATCH_SIZE }))) === BATCH_SIZE),
  });
}
