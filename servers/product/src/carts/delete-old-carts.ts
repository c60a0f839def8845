import { databaseTime, execute, query, type Transact } from '@florin/database';
import { type ClockWatch, createPeriodicJob, type Logger, type Metrics, type PeriodicJob } from '@florin/runtime';
import type { Knex } from 'knex';

const BATCH_SIZE = 500;
const EVERY_MS = 60_000;

/**
 * Deletes carts, and keys of requests to carts, that were last changed before a time: at most `BATCH_SIZE` each per call. SKIP
 * LOCKED: carts that a buyer is changing, or another instance is deleting, are left alone.
 *
 * @returns whether there may be more
 */
export async function deleteOldCarts(trx: Knex.Transaction, before: Date): Promise<boolean> {
  const carts = await query<{ user_id: Buffer }>(
    trx,
    'SELECT user_id FROM carts WHERE updated_at < ? ORDER BY updated_at LIMIT ? FOR UPDATE SKIP LOCKED',
    [before, BATCH_SIZE],
  );
  if (carts.length > 0) await execute(trx, 'DELETE FROM carts WHERE user_id IN (?)', [carts.map(({ user_id }) => user_id)]);
  const keys = await execute(trx, 'DELETE FROM cart_keys WHERE created_at < ? ORDER BY created_at LIMIT ?', [before, BATCH_SIZE]);
  return carts.length === BATCH_SIZE || keys.affectedRows === BATCH_SIZE;
}

type Dependencies = {
  transact: Transact;
  logger: Logger;
  metrics: Pick<Metrics, 'observeJob'>;
  clocks: Pick<ClockWatch, 'whenReliable'>;
};

/** Periodically deletes the carts that nobody has changed for `ttlS` seconds. */
export function createCartDeletion({ transact, logger, metrics, clocks }: Dependencies, { ttlS }: { ttlS: number }): PeriodicJob {
  return createPeriodicJob({
    job: 'delete-old-carts',
    name: 'delete old carts',
    everyMs: Math.min(EVERY_MS, ttlS * 1000),
    logger,
    metrics,
    run: clocks.whenReliable(() =>
      transact(async (trx) => deleteOldCarts(trx, new Date((await databaseTime(trx)).getTime() - ttlS * 1000))),
    ),
  });
}
