import type { Knex } from 'knex';
import { query } from './query.ts';
import { whileAltered } from './while-altered.ts';

/** Only users with the privilege TRIGGER see triggers. This function sees them as the migrating user, which defines it. */
const FUNCTION = 'florin_trigger_exists';

/** Makes the function with which a running user finds missing triggers. Run it as the migrating user. */
export async function createTriggerFunction(db: Knex): Promise<string> {
  await db.raw(
    `CREATE FUNCTION IF NOT EXISTS ${FUNCTION}(wanted VARCHAR(64) CHARACTER SET utf8mb4) RETURNS TINYINT READS SQL DATA
     SQL SECURITY DEFINER RETURN EXISTS (SELECT 1 FROM information_schema.triggers
       WHERE trigger_schema = DATABASE() AND CONVERT(trigger_name USING utf8mb4) = wanted COLLATE utf8mb4_bin)`,
  );
  return FUNCTION;
}

/**
 * Returns those of the triggers that the database lacks.
 *
 * @param maySee whether the current user has the privilege TRIGGER
 */
export async function findMissingTriggers(db: Knex, triggers: readonly string[], maySee: boolean): Promise<string[]> {
  const found = await whileAltered(() => (maySee ? readTriggers(db) : askFunction(db, triggers)));
  return triggers.filter((name) => !found.has(name));
}

async function readTriggers(db: Knex): Promise<Set<string>> {
  const rows = await query<{ name: string }>(
    db,
    'SELECT trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = DATABASE()',
  );
  return new Set(rows.map(({ name }) => name));
}

async function askFunction(db: Knex, triggers: readonly string[]): Promise<Set<string>> {
  if (triggers.length === 0) return new Set();
  const names = triggers.map(() => 'SELECT ? AS name').join(' UNION ALL ');
  const rows = await query<{ name: string; is_there: number }>(
    db,
    `SELECT name, ${FUNCTION}(name) AS is_there FROM (${names}) AS wanted`,
    [...triggers],
  );
  return new Set(rows.flatMap(({ name, is_there }) => (Number(is_there) === 1 ? [name] : [])));
}
