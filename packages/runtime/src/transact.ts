import type { Knex } from 'knex';
import { runTransaction } from './run-transaction.ts';

/** Runs work in one transaction, as `runTransaction` does, on the database it was made for. Routes get this, not the database. */
export type Transact = <T>(work: (trx: Knex.Transaction) => Promise<T>, isRetriable?: (error: unknown) => boolean) => Promise<T>;

/** @param onCommit called after each commit, to wake the relay that publishes what the transaction appended */
export function createTransact(db: Knex, onCommit: () => void): Transact {
  return async (work, isRetriable) => {
    const result = await runTransaction(db, work, isRetriable);
    onCommit();
    return result;
  };
}
