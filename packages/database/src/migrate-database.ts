import type { Knex } from 'knex';
import { openWithoutTimeout } from './open-database.ts';
import { queryOne } from './query.ts';

const LOCK_WAIT_S = 120;
/** Contains the database's name, because named locks are server-wide. A lock's name may have 64 characters. */
const LOCK_NAME = "CONCAT('florin-migrate:', LEFT(SHA2(DATABASE(), 256), 40))";

/** One statement, or a function for other work. DDL commits by itself, so each change of a table should be one statement. */
export type MigrationStep = string | ((db: Knex) => Promise<void>);

/**
 * A forward-only step of a database's schema. Names have no file extension, so that sources and builds share one history. A
 * released migration never changes, so its file imports only types, no definitions that change.
 */
export type Migration = {
  name: string;
  up: readonly MigrationStep[];
  /** For a migration that removes what no running release uses: the name of the earlier migration that added the replacement. */
  contracts?: string;
  /**
   * Constraints, triggers and changed columns (`table.column`) that a check cannot prove harmless to older instances: by name,
   * the reason why they are.
   */
  reviewed?: Readonly<Record<string, string>>;
};

/**
 * Migrates the database to the newest schema and returns the names of the migrations that it ran. Concurrent calls wait for the
 * first. They use a named lock of the server: knex's own lock row makes the others fail, and stays behind when a migration is
 * killed.
 *
 * @param onApplied called after each migration, for example to write an audit log. MySQL commits a schema change by itself, so
 * both cannot share a transaction
 */
export async function migrateDatabase(
  database: Knex,
  migrations: readonly Migration[],
  onApplied?: OnApplied,
): Promise<string[]> {
  // A change of a large table takes minutes, in which also the connection with the lock is silent.
  const db = openWithoutTimeout(database, { poolMax: 2 });
  try {
    return await runAll(db, migrations, onApplied);
  } finally {
    await db.destroy();
  }
}

async function runAll(db: Knex, migrations: readonly Migration[], onApplied: OnApplied | undefined): Promise<string[]> {
  const config = { migrationSource: sourceOf(migrations, onApplied), tableName: 'migrations', disableTransactions: true };
  // This transaction only keeps one connection for the lock; the migrations run on another.
  return db.transaction(async (lockHolder) => {
    await takeLock(lockHolder);
    try {
      await db.migrate.forceFreeMigrationsLock(config);
      const [, applied] = (await db.migrate.latest(config)) as [number, string[]];
      return applied;
    } finally {
      await lockHolder.raw(`DO RELEASE_LOCK(${LOCK_NAME})`);
    }
  });
}

/** Called after each migration. */
export type OnApplied = (db: Knex, name: string) => Promise<void>;

function sourceOf(migrations: readonly Migration[], onApplied: OnApplied | undefined): Knex.MigrationSource<Migration> {
  return {
    getMigrations: () => Promise.resolve([...migrations]),
    getMigrationName: ({ name }) => name,
    getMigration: ({ up, name }) =>
      Promise.resolve({
        up: async (db) => {
          await runSteps(db, up);
          await onApplied?.(db, name);
        },
        down: () => Promise.reject(new Error(`Migration ${name} goes forward only.`)),
      }),
  };
}

async function takeLock(lockHolder: Knex.Transaction): Promise<void> {
  const row = await queryOne<{ taken: number | null }>(lockHolder, `SELECT GET_LOCK(${LOCK_NAME}, ?) AS taken`, [LOCK_WAIT_S]);
  if (Number(row.taken) !== 1) {
    throw new Error(
      `Another process has been migrating this database for more than ${LOCK_WAIT_S} s. See to it, then try again.`,
    );
  }
}

async function runSteps(db: Knex, steps: readonly MigrationStep[]): Promise<void> {
  for (const step of steps) await (typeof step === 'string' ? db.raw(step) : step(db));
}
