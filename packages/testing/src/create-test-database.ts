import { type DatabaseRights, grantRights, type Migration, newId, openDatabase } from '@florin/database';
import type { Knex } from 'knex';
import { migrateOnce } from './migrate-once.ts';
import { testInfra } from './test-infra.ts';

export type TestDatabase = {
  db: Knex;
  url: string;
  /** The address for a service: with a user of the given rights, or `url` without them. */
  runningUrl: string;
  drop(): Promise<void>;
};

/**
 * Creates a migrated database for one test file; `drop` removes it and closes the pool. If the migration fails, nothing stays open.
 *
 * @param rights the list of the service that the test starts, which then runs with no more than it has in production
 */
export async function createTestDatabase(migrations: readonly Migration[], rights?: DatabaseRights): Promise<TestDatabase> {
  await using opened = new AsyncDisposableStack();
  const id = newId().replaceAll('-', '');
  const name = `florin_test_${id}`;
  const { databaseUrl } = testInfra();
  await onServer(databaseUrl, `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci`);
  opened.defer(() => onServer(databaseUrl, `DROP DATABASE ${name}`));
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const db = opened.adopt(openDatabase({ url: url.href, poolMax: 30 }), (pool) => pool.destroy());
  // Events that tests append to the outbox by themselves stay unsigned.
  db.userParams = { eventSigner: null };
  await migrateOnce(db, migrations, url.href);
  let runningUrl = url.href;
  if (rights !== undefined) {
    // A user's name may have 32 characters.
    const user = `run_${id.slice(-20)}`;
    opened.defer(() => onServer(databaseUrl, `DROP USER IF EXISTS '${user}'@'%'`));
    runningUrl = await addUser(db, { url, user, rights });
  }
  const closing = opened.move();
  return { db, url: url.href, runningUrl, drop: () => closing.disposeAsync() };
}

type User = { url: URL; user: string; rights: DatabaseRights };

async function addUser(db: Knex, { url, user, rights }: User): Promise<string> {
  const runningUrl = new URL(url);
  [runningUrl.username, runningUrl.password] = [user, `of-${user}`];
  await db.raw(`CREATE USER '${user}'@'%' IDENTIFIED BY 'of-${user}'`);
  await grantRights(db, runningUrl.href, rights);
  return runningUrl.href;
}

async function onServer(databaseUrl: string, statement: string): Promise<void> {
  const server = openDatabase({ url: databaseUrl, poolMax: 1 });
  try {
    await server.raw(statement);
  } finally {
    await server.destroy();
  }
}
