import type { Knex } from 'knex';
import { runTransaction } from './run-transaction.ts';

/** Runs work in one transaction, as `runTransaction` does, on the database it was made for. Routes get this, not the database. */
export type Transact = <T>(work: (trx: Knex.Transaction) => Promise<T>, isRetriable?: (error: unknown) => boolean) => Promise<T>;

/** What a write has to do with the events that it may append. */
export type Outbox = {
  /** Throws when too many events wait to be published, before anything is written. */
  assertRoom(): void;
  /** Called after each commit, so that the relay publishes at once what the transaction appended, if it did. */
  committed(trx: Knex.Transaction): void;
};

/** @param outbox where events are published by this process; left out where another process does */
export function createTransact(db: Knex, outbox?: Outbox): Transact {
  return async (work, isRetriable) => {
    if (outbox === undefined) return runTransaction(db, work, isRetriable);
    outbox.assertRoom();
    const [result, trx] = await runTransaction(db, async (trx) => [await work(trx), trx] as const, isRetriable);
    outbox.committed(trx);
    return result;
  };
}
