import assert from 'node:assert/strict';
import type { Knex } from 'knex';
import type { ResultSetHeader } from 'mysql2';
import type { SqlValue } from './column.ts';
import type { SqlId } from './ids.ts';

/** A value of a statement. A list fills `IN (?)`, a list of lists `VALUES ?`; neither may be empty. */
export type SqlParameter = One | readonly One[] | readonly (readonly One[])[];
type One = SqlValue | SqlId;

/** Only this file gives the driver's untyped results their types. */

/** Runs a SELECT and returns its rows. */
export async function query<Row>(db: Knex, sql: string, values: readonly SqlParameter[] = []): Promise<Row[]> {
  const [rows] = (await db.raw(sql, values as Knex.RawBinding[])) as [Row[]];
  return rows;
}

/** Runs a SELECT and returns its first row. */
export async function queryFirst<Row>(db: Knex, sql: string, values: readonly SqlParameter[] = []): Promise<Row | undefined> {
  const [[row]] = (await db.raw(sql, values as Knex.RawBinding[])) as [Row[]];
  return row;
}

/** Runs a SELECT that always returns a row, such as a count, and returns the row. */
export async function queryOne<Row>(db: Knex, sql: string, values: readonly SqlParameter[] = []): Promise<Row> {
  const row = await queryFirst<Row>(db, sql, values);
  assert(row, 'the database returned no row');
  return row;
}

/** Runs a statement that changes rows, and returns the number of matched rows. */
export async function execute(db: Knex, sql: string, values: readonly SqlParameter[] = []): Promise<ResultSetHeader> {
  const [header] = (await db.raw(sql, values as Knex.RawBinding[])) as [ResultSetHeader];
  return header;
}

/** Returns the rows of a query builder's query. */
export async function rowsOf<Row>(builder: Knex.QueryBuilder): Promise<Row[]> {
  return (await builder) as Row[];
}

/** Returns the first row of a query builder's query. */
export async function firstOf<Row>(builder: Knex.QueryBuilder): Promise<Row | undefined> {
  return (await builder.first()) as Row | undefined;
}
