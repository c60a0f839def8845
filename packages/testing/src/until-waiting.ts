import type { Knex } from 'knex';
import { eventually } from './eventually.ts';

/** InnoDB renews its list of transactions only where nobody has read it for 100 ms. */
const MIN_PERIOD_MS = 130;
const MAX_PERIOD_MS = 330;

/** Returns when so many transactions of this database wait for rows that others hold. */
export async function untilWaiting(db: Knex, transactions: number): Promise<void> {
  // Each caller has a period of its own: test files that look in step would keep each other from ever seeing a new list.
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
