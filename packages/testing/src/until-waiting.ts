import type { Knex } from 'knex';
import { eventually } from './eventually.ts';

/** InnoDB refreshes its list of transactions only if nobody has read it for 100 ms. */
const MIN_PERIOD_MS = 130;
const MAX_PERIOD_MS = 330;

/** Returns when this number of transactions of the database wait for row locks. */
export async function untilWaiting(db: Knex, transactions: number): Promise<void> {
  // Each caller has its own interval: test files that read in step would keep each other's list from being refreshed.
  const everyMs = MIN_PERIOD_MS + Math.random() * (MAX_PERIOD_MS - MIN_PERIOD_MS);
  await eventually(
    async () => {
      const waiting = await countWaiting(db);
      if (waiting < transactions) throw new Error(`${waiting} transactions wait, not ${transactions}`);
    },
    { everyMs },
  );
}

async function countWaiting(db: Knex): Promise<number> {
  const [[row]] = (await db.raw(
    `SELECT COUNT(*) AS waiting FROM information_schema.innodb_trx AS t JOIN information_schema.processlist AS p
       ON p.id = t.trx_mysql_thread_id WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`,
  )) as [[{ waiting: number }]];
  return Number(row.waiting);
}
