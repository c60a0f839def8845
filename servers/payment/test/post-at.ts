import type { Knex } from 'knex';

/** Does work in a transaction for which the database's clock stands at a time. */
export async function postAt<T>(db: Knex, time: string, work: (trx: Knex.Transaction, now: Date) => Promise<T>): Promise<T> {
  const now = new Date(time);
  return db.transaction(async (trx) => {
    await trx.raw('SET timestamp = ?', [now.getTime() / 1000]);
    try {
      return await work(trx, now);
    } finally {
      await trx.raw('SET timestamp = DEFAULT');
    }
  });
}
