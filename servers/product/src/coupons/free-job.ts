import type { Transact } from '@florin/database';
import { createPeriodicJob, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import { FIRST, freeLeftRedemptions } from './free-left-redemptions.ts';

const INTERVAL_MS = 15_000;
/** Bounds the work of a run: a sweep over all redemptions takes several runs. */
const PAGE_SIZE = 1_000;

type Options = { transact: Transact; logger: Logger; metrics: Pick<Metrics, 'observeJob'> };

/**
 * Periodically frees redemptions that an instance of the release before left. Several instances may run at once, each at a page of its
 * own.
 */
export function createFreeJob({ transact, logger, metrics }: Options): PeriodicJob {
  let after = FIRST;
  return createPeriodicJob({
    job: 'free-coupons',
    name: 'free the coupons of declined and cancelled purchases',
    everyMs: INTERVAL_MS,
    logger,
    metrics,
    async run() {
      const { last } = await transact((trx) => freeLeftRedemptions(trx, { after, limit: PAGE_SIZE }));
      after = last ?? FIRST;
      return false;
    },
  });
}
