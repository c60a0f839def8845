import type { Transact } from '@florin/database';
import { createPeriodicJob, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import { askAgain } from './ask-again.ts';

const EVERY_MS = 5_000;
const BATCH_SIZE = 100;

type Options = { transact: Transact; logger: Logger; metrics: Pick<Metrics, 'observeJob'> };

/** Periodically asks payment again for refunds that it has not answered. */
export function createAskAgainJob({ transact, logger, metrics }: Options): PeriodicJob {
  return createPeriodicJob({
    job: 'ask-for-refunds',
    name: 'ask payment again for refunds',
    everyMs: EVERY_MS,
    logger,
    metrics,
    run: async () => (await transact((trx) => askAgain(trx, { limit: BATCH_SIZE }))) === BATCH_SIZE,
  });
}
