import type { Knex } from 'knex';

/** Returns the statements that create the tables, rows and triggers of this database in an empty one. */
export async function dumpSchema(db: Knex): Promise<string[]> {
  const tables = await namesOf(db, 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()');
  const statements: string[] = [];
  for (const table of tables) statements.push(await createTable(db, table), ...(await insertRows(db, table)));
  return ['SET foreign_key_checks = 0', ...statements, ...(await createTriggers(db)), 'SET foreign_key_checks = 1'];
}

async function createTable(db: Knex, table: string): Promise<string> {
  const [[row]] = (await db.raw('SHOW CREATE TABLE ??', [table])) as [[Record<'Create Table', string>]];
  return row['Create Table'];
}

type Column = { name: string; type: string };

/**
 * Values are hexadecimal text, which no driver and no character set changes. Columns with a default of the current time are
 * omitted, so that rows of a migration are as old as their database.
 */
async function insertRows(db: Knex, table: string): Promise<string[]> {
  const [columns] = (await db.raw(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? AND COALESCE(generation_expression, '') = ''
       AND LOWER(COALESCE(column_default, '')) NOT LIKE 'current_timestamp%' ORDER BY ordinal_position`,
    [table],
  )) as [Column[]];
  const values = columns.map(({ name, type }) =>
    isBinary(type) ? `HEX(\`${name}\`)` : `HEX(CONVERT(\`${name}\` USING utf8mb4))`,
  );
  const [rows] = (await db.raw(`SELECT JSON_ARRAY(${values.join(', ')}) AS row_values FROM \`${table}\``)) as [
    { row_values: string | (string | null)[] }[],
  ];
  const names = columns.map(({ name }) => `\`${name}\``).join(', ');
  return rows.map(({ row_values: found }) => {
    const hexadecimals = typeof found === 'string' ? (JSON.parse(found) as (string | null)[]) : found;
    const literals = hexadecimals.map((value, index) => literalOf(value, columns[index]?.type ?? ''));
    return `INSERT INTO \`${table}\` (${names}) VALUES (${literals.join(', ')})`;
  });
}

function literalOf(hexadecimal: string | null, type: string): string {
  if (hexadecimal === null) return 'NULL';
  return isBinary(type) ? `X'${hexadecimal}'` : `CONVERT(X'${hexadecimal}' USING utf8mb4)`;
}

function isBinary(type: string): boolean {
  return /binary|blob/.test(type);
}

type Trigger = Record<'name' | 'timing' | 'event' | 'onTable' | 'action', string>;

async function createTriggers(db: Knex): Promise<string[]> {
  const [triggers] = (await db.raw(
    `SELECT trigger_name AS name, action_timing AS timing, event_manipulation AS event, event_object_table AS onTable,
            action_statement AS action FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY action_order`,
  )) as [Trigger[]];
  return triggers.map(
    ({ name, timing, event, onTable, action }) =>
      `CREATE TRIGGER \`${name}\` ${timing} ${event} ON \`${onTable}\` FOR EACH ROW ${action}`,
  );
}

async function namesOf(db: Knex, query: string): Promise<string[]> {
  const [rows] = (await db.raw(query)) as [{ name: string }[]];
  return rows.map(({ name }) => name);
}
