export { afterCommit, setOnNoteFailed } from './after-commit.ts';
export { checkRights, type RightsReport } from './check-rights.ts';
export { Column, column, type SqlValue } from './column.ts';
export { compareTables } from './compare-tables.ts';
export { isDataFault, isDuplicateKey, isLockConflict, isStatementTimeout, recogniseDatabaseFault } from './database-errors.ts';
export { type DatabaseRights, joinRights, type TableRight } from './database-rights.ts';
export { databaseTime } from './database-time.ts';
export {
  type Columns,
  defineTable,
  type NewRowOf,
  nullsOf,
  omitFields,
  pickFields,
  type RowOf,
  readRow,
  type StoredRowOf,
  type Table,
} from './define-table.ts';
export { dumpSchema } from './dump-schema.ts';
export { grantRights } from './grant-rights.ts';
export { firstIdAt, idBytes, idText, idTimeMs, isId, newId, newIdAt, type SqlId, sqlId } from './ids.ts';
export { insertRows } from './insert-rows.ts';
export { killStatement } from './kill-statement.ts';
export { lockById, lockByIds } from './lock-by-ids.ts';
export { type Migration, type MigrationStep, migrateDatabase, type OnApplied } from './migrate-database.ts';
export { databaseLockName, takeNamedLock } from './named-lock.ts';
export {
  connectionOptions,
  connectToServer,
  type DatabaseOptions,
  type OnStatement,
  openConnection,
  openDatabase,
} from './open-database.ts';
export { type PoolUse, type PoolWatch, watchPool } from './pool-watch.ts';
export { execute, firstOf, query, queryFirst, queryOne, rowsOf, type SqlParameter } from './query.ts';
export { runTransaction } from './run-transaction.ts';
export { createTransact, type Outbox, type Transact } from './transact.ts';
export { updateByKey } from './update-by-key.ts';
