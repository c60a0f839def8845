import type { Knex } from 'knex';
import { badCursor, type CursorValues, decodeCursor, encodeCursor } from './cursor.ts';
import type { PageRequest } from './page-request.ts';

export type KeysetColumn = {
  column: string;
  direction: 'asc' | 'desc';
  /**
   * Converts a value of the cursor to a value for SQL, and throws if the column cannot hold it: `integerValue`, `textValue`,
   * `idValue` or a function of your own.
   */
  toSql?: (value: string | number) => Knex.Value;
};

/** A named sort order. Its columns together are unique, so that no row is missed or repeated. */
export type Keyset<Row> = {
  name: string;
  columns: readonly KeysetColumn[];
  /** Returns the sort key of a row as JSON values, in the order of `columns`. */
  keyOf(row: Row): CursorValues;
};

export type Page<Row> = { rows: Row[]; limit: number; nextCursor: string | null };

/**
 * Reads one page of `query` in the order of the keyset. Reads one row more than the limit, to detect the last page.
 *
 * @throws AppError VALIDATION_FAILED (422) if the cursor does not belong to this list
 */
export async function keysetPage<Row>(query: Knex.QueryBuilder, keyset: Keyset<Row>, request: PageRequest): Promise<Page<Row>> {
  if (request.cursor !== undefined) whereAfter(query, keyset, request.cursor);
  const found = (await orderByKeyset(query, keyset).limit(request.limit + 1)) as Row[];
  return pageOf(found, keyset, request.limit);
}

/**
 * Builds the page from rows read in the order of the keyset, by `keysetPage` or by a query of your own.
 *
 * @param found up to one row more than the limit
 */
export function pageOf<Row>(found: readonly Row[], keyset: Keyset<Row>, limit: number): Page<Row> {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const nextCursor = found.length > limit && last !== undefined ? encodeCursor(keyset.name, keyset.keyOf(last)) : null;
  return { rows, limit, nextCursor };
}

export function orderByKeyset<Row>(query: Knex.QueryBuilder, { columns }: Keyset<Row>): Knex.QueryBuilder {
  for (const { column, direction } of columns) query.orderBy(column, direction);
  return query;
}

/** Restricts a query to the rows after the cursor. */
export function whereAfter<Row>(query: Knex.QueryBuilder, keyset: Keyset<Row>, cursor: string): void {
  whereBeside(query, keyset, { cursor, side: 'after' });
}

/** Restricts a query to the rows up to and including the cursor's own. */
export function whereUntil<Row>(query: Knex.QueryBuilder, keyset: Keyset<Row>, cursor: string): void {
  whereBeside(query, keyset, { cursor, side: 'until' });
}

const operators = { after: { asc: '>', desc: '<' }, until: { asc: '<', desc: '>' } } as const;

type Beside = { cursor: string; side: keyof typeof operators };

/**
 * Written as `a <= ? AND (a < ? OR (a = ? AND id < ?))`, because the row form `(a, id) < (?, ?)` is not an index range on
 * MariaDB (1.7 s instead of 0.5 ms, deep in a million rows).
 */
function whereBeside<Row>(query: Knex.QueryBuilder, keyset: Keyset<Row>, { cursor, side }: Beside): void {
  const values = sqlValues(keyset, cursor);
  const { columns } = keyset;
  const bindings: Knex.Value[] = [];
  const compare = (index: number, operator: string): string => {
    bindings.push((columns[index] as KeysetColumn).column, values[index] as Knex.Value);
    return `?? ${operator} ?`;
  };
  const beyond = (index: number): string => operators[side][columns[index]?.direction ?? 'asc'];
  const bound = columns.length > 1 ? `${compare(0, `${beyond(0)}=`)} AND ` : '';
  const branches = columns.map((_, index) => {
    const equal = columns.slice(0, index).map((_column, before) => compare(before, '='));
    const isInclusive = side === 'until' && index === columns.length - 1;
    return [...equal, compare(index, isInclusive ? `${beyond(index)}=` : beyond(index))].join(' AND ');
  });
  // As text: nested query builders took a tenth of the processor time of a page.
  query.whereRaw(`(${bound}((${branches.join(') OR (')})))`, bindings);
}

function sqlValues<Row>({ name, columns }: Keyset<Row>, cursor: string): Knex.Value[] {
  const values = decodeCursor(name, columns.length, cursor);
  try {
    return columns.map(({ toSql = asItIs }, index) => sound(toSql(values[index] as string | number)));
  } catch {
    throw badCursor();
  }
}

function asItIs(value: string | number): Knex.Value {
  return value;
}

/** Rejects times that SQL cannot hold: it knows the years 0 to 9999. */
function sound(value: Knex.Value): Knex.Value {
  if (value instanceof Date && !(value.getUTCFullYear() >= 0 && value.getUTCFullYear() <= 9999))
    throw new RangeError('not a time');
  return value;
}
