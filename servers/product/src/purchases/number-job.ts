import type { Transact } from '@florin/database';
import { createPeriodicJob, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import { isNumberTaken, numberPurchases } from './number-purchases.ts';

/** A purchase that the previous release accepted gets its number within this time. */
const EVERY_MS = 1_000;

type Options = { transact: Transact; logger: Logger; metrics: Pick<Metrics, 'observeJob'> };

/** Periodically gives purchases of other releases their numbers. */
export function createNumberJob({ transact, logger, metrics }: Options): PeriodicJob {
  return createPeriodicJob({
    job: 'number-purchases',
    name: 'give purchases their numbers',
    everyMs: EVERY_MS,
    logger,
    metrics,
    run: () => transact(numberPurchases, isNumberTaken),
  });
}
