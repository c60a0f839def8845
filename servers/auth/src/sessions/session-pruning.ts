import { faultOf, type Logger } from '@florin/runtime';
import type { Knex } from 'knex';
import { pruneSessions } from './prune-sessions.ts';

export type PruningOptions = {
  everyS: number;
  /** How long a session is kept after its end: at least as long as an access token is good. */
  keepEndedS: number;
};

/** Prunes sessions from time to time, while it is started. */
export function createSessionPruning(
  { db, logger }: { db: Knex; logger: Logger },
  { everyS, keepEndedS }: PruningOptions,
): { start(): void; stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let pruning: Promise<void> = Promise.resolve();

  const prune = async (): Promise<void> => {
    try {
      const pruned = await pruneSessions(db, new Date(Date.now() - keepEndedS * 1000));
      if (pruned > 0) logger.info('pruned sessions', { pruned });
    } catch (error) {
      logger.warn('sessions could not be pruned', faultOf(error));
    }
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      pruning = prune().then(() => {
        if (timer !== undefined) schedule();
      });
    }, everyS * 1000).unref();
  };

  return {
    start: schedule,
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      return pruning;
    },
  };
}
