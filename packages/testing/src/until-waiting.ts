import type { Knex } from 'knex';
import { eventually } from './eventually.ts';

/** InnoDB shows what it showed before to whoever looks again within 100 ms. */
const EVERY_MS = 150;

/** Returns when so many transactions of this database wait for rows that others hold. */
export async function untilWaiting(db: Knex, transactions: number): Promise<void> {
  await eventually(
    async () => {
      const waiting = await countWaiting(db);
      if (waiting < transactions) throw new Error(`${waiting} transactions wait, not ${transactions}`);
    },
    { everyMs: EVERY_MS },
  );
}

async function countWaiting(db: Knex): Promise<number> {
  const [[row]] = (await db.raw(
    `SELECT COUNT(*) AS waiting FROM information_schema.innodb_trx AS t JOIN information_schema.processlist AS p
       ON p.id = t.trx_mysql_thread_id WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`,
  )) as [[{ waiting: number }]];
  return Number(row.waiting);
}
