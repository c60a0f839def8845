import type { Knex } from 'knex';
import type { Column } from './column.ts';
import type { Table } from './define-table.ts';
import { byTable, readColumns, type SchemaColumn, typeOf } from './schema-rows.ts';

/**
 * Compares the definitions of tables with a database after all migrations: for each column its SQL type, whether it may be NULL,
 * and whether the database fills it in if an INSERT omits it.
 *
 * @returns the differences, each with table and column
 */
export async function compareTables(db: Knex, tables: readonly Table[]): Promise<string[]> {
  const stored = byTable(await readColumns(db));
  const undefinedTables = [...stored.keys()].filter((name) => tables.every((table) => table.name !== name));
  return [
    ...undefinedTables.map((name) => `${name} is in the database and has no definition`),
    ...tables.flatMap((table) => differences(table, stored.get(table.name) ?? [])),
  ];
}

function differences({ name, cells, columns, unread }: Table, stored: readonly SchemaColumn[]): string[] {
  const known = new Map(stored.map((one) => [one.name, one]));
  const defined = new Set([...cells.map(({ column }) => column), ...unread]);
  const extra = stored.filter((one) => !defined.has(one.name));
  return [
    ...cells.flatMap(({ field, column }) => differencesOf(`${name}.${column}`, columns[field], known.get(column))),
    ...unread.filter((column) => !known.has(column)).map((column) => `${name}.${column} is not in the database: add a migration`),
    ...extra.map((one) => `${name}.${one.name} is in the database and not in the table's definition`),
  ];
}

function differencesOf(place: string, defined: Column | undefined, stored: SchemaColumn | undefined): string[] {
  if (stored === undefined) return [`${place} is not in the database: add a migration`];
  if (defined === undefined) return [];
  const found: string[] = [];
  if (typeOf(defined.sqlType) !== stored.type) found.push(`${place} is ${stored.type}, its definition says ${defined.sqlType}`);
  if (defined.isNullable !== stored.isNullable) found.push(`${place} ${stored.isNullable ? 'may' : 'may not'} be NULL`);
  if (defined.from === 'database' && !isFilled(stored)) found.push(`${place} has no default: state it in every INSERT`);
  return found;
}

function isFilled({ isNullable, extra, generated, ...column }: SchemaColumn): boolean {
  return isNullable || column.default !== undefined || generated !== undefined || extra.includes('AUTO_INCREMENT');
}
