import type { Knex } from 'knex';
import { runTransaction } from './run-transaction.ts';

/** Runs work in one transaction of one database, as `runTransaction` does. Routes get this instead of the database. */
export type Transact = <T>(work: (trx: Knex.Transaction) => Promise<T>, isRetriable?: (error: unknown) => boolean) => Promise<T>;

/** The part of the outbox that a transaction uses. */
export type Outbox = {
  /**
   * Called before anything is written.
   *
   * @throws AppError UNAVAILABLE (503) while too many events wait to be published
   */
  applyBackpressure(): void;
  /** Called after each commit, so that the relay publishes appended events at once. */
  committed(trx: Knex.Transaction): void;
};

/**
 * Creates a `Transact` for a database.
 *
 * @param outbox the outbox, if this process publishes events; left out otherwise
 */
export function createTransact(db: Knex, outbox?: Outbox): Transact {
  return async (work, isRetriable) => {
    if (outbox === undefined) return runTransaction(db, work, isRetriable);
    outbox.applyBackpressure();
    const [result, trx] = await runTransaction(db, async (trx) => [await work(trx), trx] as const, isRetriable);
    outbox.committed(trx);
    return result;
  };
}
