import type { Knex } from 'knex';

/** Calls `note` after the transaction has committed, and never if it is rolled back. For counters, which must not count a retry twice. */
export function afterCommit(trx: Knex.Transaction, note: () => void): void {
  trx.executionPromise.then(note, () => {});
}
