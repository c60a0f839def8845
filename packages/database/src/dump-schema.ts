import type { Knex } from 'knex';
import { query } from './query.ts';
import { byTable, isBookKeeping, plainExpression, readColumns, type SchemaColumn } from './schema-rows.ts';

/**
 * Writes the schema of a database as SQL for reading and comparison, table by table. The text is the same on MySQL and MariaDB.
 * No server can run it: CHECK constraints lack redundant parentheses, and tables lack their engine and character set.
 */
export async function dumpSchema(db: Knex): Promise<string> {
  const columns = byTable(await readColumns(db));
  const parts = byTable(
    [await readKeys(db), await readForeignKeys(db), await readChecks(db)].flatMap((kind) => kind.sort(byName)),
  );
  const triggers = byTable((await readTriggers(db)).sort(byName));
  const tables = [...columns.keys()].filter((table) => !isBookKeeping(table)).sort();
  return tables
    .map((table) => {
      const lines = [...(columns.get(table) ?? []).map(columnLine), ...(parts.get(table) ?? []).map(({ text }) => text)];
      const body = lines.map((line) => `  ${line}`).join(',\n');
      return `CREATE TABLE ${table} (\n${body}\n);\n${(triggers.get(table) ?? []).map(({ text }) => `\n${text}\n`).join('')}`;
    })
    .join('\n');
}

/** A line of a table's dump. */
type Part = { table: string; name: string; text: string };

/** Sorted here, because servers sort names by different collations. */
function byName(a: Part, b: Part): number {
  return a.name < b.name ? -1 : 1;
}

function columnLine({ name, type, collation, isNullable, extra, ...column }: SchemaColumn): string {
  const words = [
    name,
    type,
    collation === null ? '' : `COLLATE ${collation}`,
    column.generated === undefined ? '' : `AS (${column.generated}) STORED`,
    isNullable ? 'NULL' : 'NOT NULL',
    column.default === undefined ? '' : `DEFAULT ${column.default}`,
    extra,
  ];
  return words.filter((word) => word !== '').join(' ');
}

type KeyRow = { table_name: string; key_name: string; kind: string; is_unique: number; columns: string };

async function readKeys(db: Knex): Promise<Part[]> {
  const rows = await query<KeyRow>(
    db,
    `SELECT table_name AS table_name, index_name AS key_name, MIN(index_type) AS kind, MIN(non_unique = 0) AS is_unique,
       GROUP_CONCAT(column_name ORDER BY seq_in_index SEPARATOR ', ') AS columns
     FROM information_schema.statistics WHERE table_schema = DATABASE() GROUP BY table_name, index_name`,
  );
  return rows.map(({ table_name: table, key_name, columns, ...key }) => {
    if (key_name === 'PRIMARY') return { table, name: '', text: `PRIMARY KEY (${columns})` };
    const kind = Number(key.is_unique) === 1 ? 'UNIQUE KEY' : key.kind === 'FULLTEXT' ? 'FULLTEXT KEY' : 'KEY';
    return { table, name: key_name, text: `${kind} ${key_name} (${columns})` };
  });
}

type ForeignKeyRow = {
  table_name: string;
  name: string;
  columns: string;
  other: string;
  other_columns: string;
  on_delete: string;
};

async function readForeignKeys(db: Knex): Promise<Part[]> {
  const rows = await query<ForeignKeyRow>(
    db,
    `SELECT k.table_name AS table_name, k.constraint_name AS name, MIN(k.referenced_table_name) AS other,
       GROUP_CONCAT(k.column_name ORDER BY k.ordinal_position SEPARATOR ', ') AS columns,
       GROUP_CONCAT(k.referenced_column_name ORDER BY k.ordinal_position SEPARATOR ', ') AS other_columns,
       MIN(r.delete_rule) AS on_delete
     FROM information_schema.key_column_usage AS k
     JOIN information_schema.referential_constraints AS r
       ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name
     WHERE k.table_schema = DATABASE() AND k.referenced_table_name IS NOT NULL
     GROUP BY k.table_name, k.constraint_name`,
  );
  return rows.map(({ table_name: table, name, columns, other, other_columns, on_delete }) => {
    // RESTRICT and NO ACTION are the same to InnoDB; servers differ in their word for the default.
    const rule = ['RESTRICT', 'NO ACTION'].includes(on_delete) ? '' : ` ON DELETE ${on_delete}`;
    return { table, name, text: `CONSTRAINT ${name} FOREIGN KEY (${columns}) REFERENCES ${other} (${other_columns})${rule}` };
  });
}

type CheckRow = { table_name: string; name: string; expression: string };

async function readChecks(db: Knex): Promise<Part[]> {
  const rows = await query<CheckRow>(
    db,
    `SELECT t.table_name AS table_name, c.constraint_name AS name, c.check_clause AS expression
     FROM information_schema.table_constraints AS t
     JOIN information_schema.check_constraints AS c
       ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name
     WHERE t.table_schema = DATABASE() AND t.constraint_type = 'CHECK'`,
  );
  return rows.map(({ table_name: table, name, expression }) => ({
    table,
    name,
    text: `CONSTRAINT ${name} CHECK (${plainExpression(expression)})`,
  }));
}

type TriggerRow = { table_name: string; name: string; timing: string; event: string; body: string };

async function readTriggers(db: Knex): Promise<Part[]> {
  const rows = await query<TriggerRow>(
    db,
    `SELECT event_object_table AS table_name, trigger_name AS name, action_timing AS timing, event_manipulation AS event,
       action_statement AS body
     FROM information_schema.triggers WHERE trigger_schema = DATABASE()`,
  );
  return rows.map(({ table_name: table, name, timing, event, body }) => ({
    table,
    name,
    text: `CREATE TRIGGER ${name} ${timing} ${event} ON ${table} FOR EACH ROW\n  ${body.replaceAll(/\s+/g, ' ').trim()};`,
  }));
}
