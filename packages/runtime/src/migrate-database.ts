import type { Knex } from 'knex';
import { appendAuditEntry } from './audit-log.ts';
import type { CommandActor } from './command-actor.ts';
import { runTransaction } from './run-transaction.ts';

const LOCK_WAIT_S = 120;
/** Named locks are server-wide, so the database's name is in it; a name may have 64 characters. */
const LOCK_NAME = "CONCAT('florin-migrate:', LEFT(SHA2(DATABASE(), 256), 40))";

/** A forward-only step of a database's schema. Names carry no file extension, so that sources and builds share one history. */
export type Migration = {
  name: string;
  up(db: Knex): Promise<void>;
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
 * With an actor, the audit log gets an entry after each migration: MySQL commits a change of a schema by itself, so they cannot share
 * a transaction. Migrations that run before there is an audit log have no entry.
 */
export async function migrateDatabase(db: Knex, migrations: readonly Migration[], actor?: CommandActor): Promise<string[]> {
  const config = { migrationSource: sourceOf(migrations, actor), tableName: 'migrations', disableTransactions: true };
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

function sourceOf(migrations: readonly Migration[], actor: CommandActor | undefined): Knex.MigrationSource<Migration> {
  return {
    getMigrations: () => Promise.resolve([...migrations]),
    getMigrationName: ({ name }) => name,
    getMigration: ({ up, name }) =>
      Promise.resolve({
        up: async (db) => {
          await up(db);
          if (actor !== undefined) await noteMigration(db, name, actor);
        },
        down: () => Promise.reject(new Error(`Migration ${name} goes forward only.`)),
      }),
  };
}

async function noteMigration(db: Knex, name: string, actor: CommandActor): Promise<void> {
  if (!(await db.schema.hasTable('audit_log'))) return;
  await runTransaction(db, (trx) => appendAuditEntry(trx, { ...actor, action: 'schema.migrate', subject: name }));
}

async function takeLock(lockHolder: Knex.Transaction): Promise<void> {
  const [rows] = (await lockHolder.raw(`SELECT GET_LOCK(${LOCK_NAME}, ?) AS taken`, [LOCK_WAIT_S])) as [
    { taken: number | null }[],
  ];
  if (Number(rows[0]?.taken) !== 1) {
    throw new Error(
      `Another process has been migrating this database for more than ${LOCK_WAIT_S} s. See to it, then try again.`,
    );
  }
}

/** Runs statements one after another; DDL commits by itself, so a migration is best one statement per table. */
export async function runStatements(db: Knex, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await db.raw(statement);
}
