import type { Knex } from 'knex';

type NoteFailed = (error: unknown) => void;
type Params = { onNoteFailed?: NoteFailed };

/**
 * Calls `note` after the transaction has committed, and never if it is rolled back. For counters, which must not count a retry twice.
 * The transaction has succeeded even if `note` throws: the error is reported to the database's `onNoteFailed`, or as a warning of the
 * process.
 */
export function afterCommit(trx: Knex.Transaction, note: () => void): void {
  const { onNoteFailed = warn } = (trx.userParams as Params | undefined) ?? {};
  const run = (): void => {
    try {
      note();
    } catch (error) {
      onNoteFailed(error);
    }
  };
  trx.executionPromise.then(run, () => {});
}

/** Reports errors of the notes of every later transaction of this database, instead of a warning of the process. */
export function setOnNoteFailed(db: Knex, onNoteFailed: NoteFailed): void {
  db.userParams = { ...db.userParams, onNoteFailed };
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error));
}
