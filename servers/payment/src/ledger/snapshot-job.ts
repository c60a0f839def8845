import { createPeriodicJob, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import type { Knex } from 'knex';
import { readBookedAheadS } from './read-booked-ahead.ts';
import { takeSnapshot } from './take-snapshot.ts';

type Options = { db: Knex; logger: Logger; metrics: Metrics; everyMs: number };

/** Adds up what was posted to the accounts, and watches for entries that are booked ahead of the database's clock. */
export function createSnapshotJob({ db, logger, metrics, everyMs }: Options): PeriodicJob {
  const bookedAhead = metrics.gauge(
    'florin_ledger_booked_ahead_seconds',
    "How far ahead of the database's clock the newest entries are booked",
    {},
  );
  return createPeriodicJob({
    job: 'sum-accounts',
    name: 'add the accounts up',
    everyMs,
    logger,
    metrics,
    async run() {
      await takeSnapshot(db);
      const aheadS = await readBookedAheadS(db);
      bookedAhead.set({}, aheadS);
      if (aheadS > 1) logger.warn('entries are booked ahead of the clock: answers by time are not final', { aheadS });
      return false;
    },
  });
}
