import { databaseTime, type Transact } from '@florin/database';
import { type ClockWatch, createPeriodicJob, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import { pruneImportRows } from './prune-import-rows.ts';

const DAY_MS = 86_400_000;

export type PruningOptions = { everyS: number; keepDays: number };

type Dependencies = {
  transact: Transact;
  logger: Logger;
  metrics: Pick<Metrics, 'observeJob'>;
  clocks: Pick<ClockWatch, 'whenReliable'>;
};

/** Periodically deletes the row results of old imports. */
export function createImportPruning(
  { transact, logger, metrics, clocks }: Dependencies,
  { everyS, keepDays }: PruningOptions,
): PeriodicJob {
  return createPeriodicJob({
    job: 'prune-import-rows',
    name: 'prune the rows of imports',
    everyMs: everyS * 1000,
    logger,
    metrics,
    run: clocks.whenReliable(async () => {
      const pruned = await transact(async (trx) => {
        const now = await databaseTime(trx);
        return pruneImportRows(trx, new Date(now.getTime() - keepDays * DAY_MS));
      });
      return pruned !== undefined;
    }),
  });
}
