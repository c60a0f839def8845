import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { isLockConflict } from './database-errors.ts';

const ATTEMPTS = 6;
const BACK_OFF_MS = 10;

/**
 * Runs `work` in one transaction. After a deadlock or lock wait timeout it rolls back the whole transaction and tries again, a
 * bounded number of times. The rollback is necessary after error 1205, because a COMMIT would keep the earlier statements. `work`
 * may run several times, so it must keep no state outside the transaction.
 *
 * @param isRetriable further errors that a retry may solve, such as a duplicate key that a concurrent request has just inserted
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
