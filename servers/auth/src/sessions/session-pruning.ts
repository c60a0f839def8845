import { databaseTime } from '@florin/database';
import { type ClockWatch, createPeriodicJob, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import type { Knex } from 'knex';
import { pruneKnownAddresses } from './known-addresses.ts';
import { pruneSessions } from './prune-sessions.ts';

export type PruningOptions = {
  everyS: number;
  /** Seconds that a session is kept after its end: at least the lifetime of an access token. */
  keepEndedS: number;
};

type Dependencies = {
  db: Knex;
  logger: Logger;
  metrics: Pick<Metrics, 'observeJob'>;
  clocks: Pick<ClockWatch, 'whenReliable'>;
};

/** Prunes sessions periodically while it is started. */
export function createSessionPruning(
  { db, logger, metrics, clocks }: Dependencies,
  { everyS, keepEndedS }: PruningOptions,
): PeriodicJob {
  return createPeriodicJob({
    job: 'prune-sessions',
    name: 'prune sessions',
    everyMs: everyS * 1000,
    logger,
    metrics,
    run: clocks.whenReliable(async () => {
      const now = await databaseTime(db);
      const pruned = await pruneSessions(db, new Date(now.getTime() - keepEndedS * 1000));
      await pruneKnownAddresses(db);
      if (pruned > 0) logger.info('pruned sessions', { pruned });
      return false;
    }),
  });
}
