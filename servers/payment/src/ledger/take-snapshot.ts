import { runTransaction } from '@florin/database';
import type { Knex } from 'knex';
import { closePeriod, openNextPeriod, sumPeriod } from './end-period.ts';

/**
 * Ends the ledger's period if it has transfers, and stores the account sums. Each step is a transaction of its own and continues
 * where the last one stopped, in whatever instance that was.
 *
 * @returns the period that was added up, if any
 */
export async function takeSnapshot(db: Knex): Promise<number | undefined> {
  await runTransaction(db, openNextPeriod);
  // Not retried: a transaction that still posts may take long, and the next run continues here.
  await db.transaction(closePeriod);
  return runTransaction(db, sumPeriod);
}
