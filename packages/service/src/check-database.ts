import type { PoolWatch } from '@florin/database';
import { Degraded } from '@florin/runtime';
import type { Knex } from 'knex';

/** Less than the time that a health check may take. */
const BUSY_AFTER_MS = 1_500;
/** Longer than a lock wait and its retry: a pool that gives nothing back for this long is stuck. */
const STUCK_AFTER_MS = 20_000;

/**
 * Checks that the database answers through the pool. A pool whose connections are all in use, and come back, is only busy: the load is
 * shared, and without this instance the others would get all of it.
 *
 * @throws Degraded while the pool is busy; Error if the database does not answer, or if the pool is stuck
 */
export async function checkDatabase(db: Knex, pool: PoolWatch): Promise<void> {
  const answered = db.raw('SELECT 1').then(() => 'answered' as const);
  // A late failure belongs to this check alone.
  answered.catch(() => {});
  let timer: NodeJS.Timeout | undefined;
  const busy = new Promise<'busy'>((resolve) => {
    timer = setTimeout(resolve, BUSY_AFTER_MS, 'busy');
  });
  const outcome = await Promise.race([answered, busy]).finally(() => clearTimeout(timer));
  if (outcome === 'busy') describeBusy(pool);
}

function describeBusy(pool: PoolWatch): void {
  const use = pool.use();
  if (use === undefined || use.used < use.max) throw new Error(`no answer within ${BUSY_AFTER_MS} ms`);
  const seconds = Math.round(pool.sinceReleaseMs() / 1000);
  if (pool.sinceReleaseMs() > STUCK_AFTER_MS)
    throw new Error(`all ${use.max} connections are in use, and none was given back for ${seconds} s`);
  throw new Degraded(`all ${use.max} connections are in use, and ${use.waiting} callers wait`);
}
