import { runTransaction } from '@florin/runtime';
import type { Knex } from 'knex';
import { closePeriod, openNextPeriod, sumPeriod } from './end-period.ts';

/**
 * Ends the ledger's period, if anything was posted in it, and keeps what the accounts come to. Each step is a transaction of its own
 * and finds by itself where the one before was left, so that any instance goes on with what another began.
 *
 * @returns the period that was added up, if any
 */
export async function takeSnapshot(db: Knex): Promise<number | undefined> {
  await runTransaction(db, openNextPeriod);
  // Not tried again at once: who still posts may take its time, and the next turn goes on here.
  await db.transaction(closePeriod);
  return runTransaction(db, sumPeriod);
}
