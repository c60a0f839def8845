import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { isLockConflict } from './database-errors.ts';

const ATTEMPTS = 6;
const BACK_OFF_MS = 10;

/**
 * Runs `work` in one transaction. A deadlock or lock wait rolls the whole of it back (after 1205 and a COMMIT the earlier
 * statements would survive) and tries again from the start, a bounded number of times; so `work` may run more than once and
 * must keep nothing outside the transaction.
 *
 * @param isRetriable further errors that a fresh try may cure, such as a duplicate key that a concurrent twin has just won
 */
export async function runTransaction<T>(
  db: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
  isRetriable: (error: unknown) => boolean = () => false,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !(isLockConflict(error) || isRetriable(error))) throw error;
      await sleep(BACK_OFF_MS * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}
