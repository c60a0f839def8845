import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Migration, migrateDatabase, newId, openDatabase } from '@florin/database';
import type { Knex } from 'knex';
import { dumpSchema } from './dump-schema.ts';

/** Below this number, migrations run as fast as their copy. */
const MIN_MIGRATIONS = 4;

/**
 * Migrates an empty database. In a run of `npm test`, which names a folder for it, the first database with these migrations
 * writes a script there, and the others run the script: a few statements instead of all migrations.
 */
export async function migrateOnce(db: Knex, migrations: readonly Migration[], databaseUrl: string): Promise<void> {
  const { FLORIN_TEST_SCHEMAS: folder } = process.env;
  if (folder === undefined || migrations.length < MIN_MIGRATIONS) {
    await migrateDatabase(db, migrations);
    return;
  }
  const script = join(folder, `${hashOf(migrations)}.json`);
  const statements = await readScript(script);
  if (statements !== undefined) return runScript(databaseUrl, statements);
  await migrateDatabase(db, migrations);
  // Renamed into place, so that other processes never read a partial file.
  const temporary = `${script}.${newId()}`;
  await writeFile(temporary, JSON.stringify(await dumpSchema(db)));
  await rename(temporary, script);
}

/** Identifies migrations within one run by name and text. */
function hashOf(migrations: readonly Migration[]): string {
  const text = migrations.map(({ name, up }) => `${name}\n${up.toString()}`).join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}

async function readScript(path: string): Promise<string[] | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as string[];
  } catch {
    return undefined;
  }
}

/** Uses its own connection, so that the settings end with it. */
async function runScript(databaseUrl: string, statements: readonly string[]): Promise<void> {
  const connection = openDatabase({ url: databaseUrl, poolMax: 1 });
  try {
    for (const statement of statements) await connection.raw(statement.replaceAll('?', '\\?'));
  } finally {
    await connection.destroy();
  }
}
