import type { Knex } from 'knex';
import { queryOne } from './query.ts';

const LOCK_WAIT_S = 120;
/** Named locks are server-wide, so the database's name is in it; a name may have 64 characters. */
const LOCK_NAME = "CONCAT('florin-migrate:', LEFT(SHA2(DATABASE(), 256), 40))";

/** One statement, or work that takes more than statements. DDL commits by itself, so each table's change is best one statement. */
export type MigrationStep = string | ((db: Knex) => Promise<void>);

/**
 * A forward-only step of a database's schema. Names carry no file extension, so that sources and builds share one history. A
 * migration never changes once it is released, so its file imports types only: no definition that goes on changing.
 */
export type Migration = {
  name: string;
  up: readonly MigrationStep[];
  /** Takes away what no running release uses any more: the earlier migration that brought what stands in its place. */
  contracts?: string;
  /**
   * Constraints, triggers and changed columns (`table.column`) that a check cannot see to be harmless to older instances, by
   * name, and why they are.
   */
  reviewed?: Readonly<Record<string, string>>;
};

/**
 * Brings the database up to the newest migration and returns the names of those that it ran. From several places at once, one
 * does it while the others wait. That takes a named lock of the server: knex's own lock row makes the others fail, and stays
 * behind when a migration is killed.
 *
 * @param onApplied is told of each migration that ran, such as to note it in an audit log. MySQL commits a change of a schema by
 *   itself, so both cannot share a transaction
 */
export async function migrateDatabase(db: Knex, migrations: readonly Migration[], onApplied?: OnApplied): Promise<string[]> {
  const config = { migrationSource: sourceOf(migrations, onApplied), tableName: 'migrations', disableTransactions: true };
  // The transaction only keeps one connection for the lock; the migrations run on others.
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

/** Told of a migration after it ran. */
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
