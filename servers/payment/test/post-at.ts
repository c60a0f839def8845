import { runTransaction } from '@florin/database';
import type { Knex } from 'knex';

/** Runs work in a transaction in which the database's clock stands at a time. */
export async function postAt<T>(db: Knex, time: string | Date, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return runTransaction(db, async (trx) => {
    await trx.raw('SET timestamp = ?', [new Date(time).getTime() / 1000]);
    try {
      return await work(trx);
    } finally {
      await trx.raw('SET timestamp = DEFAULT');
    }
  });
}

/** Runs it at a time relative to now. */
export function postIn<T>(db: Knex, ms: number, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
  return postAt(db, new Date(Date.now() + ms), work);
}
