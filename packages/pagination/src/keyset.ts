import type { Knex } from 'knex';
import { badCursor, type CursorValues, decodeCursor, encodeCursor } from './cursor.ts';
import type { PageRequest } from './page-request.ts';

export type KeysetColumn = {
  column: string;
  direction: 'asc' | 'desc';
  /**
   * Turns what the cursor carries into what SQL compares with, and throws on what this column cannot hold: `integerValue`,
   * `textValue`, `idValue` or one's own.
   */
  toSql?: (value: string | number) => Knex.Value;
};

/** A named order whose columns together are unique, so that no row is missed or seen twice. */
export type Keyset<Row> = {
  name: string;
  columns: readonly KeysetColumn[];
  /** The row's sort key as JSON values, in the order of `columns`. */
  keyOf(row: Row): CursorValues;
};

export type Page<Row> = { rows: Row[]; limit: number; nextCursor: string | null };

/**
 * Reads one page of `query` in the keyset's order. Asks for one row more than the limit, so that the last page is known as such.
 *
 * @throws AppError VALIDATION_FAILED when the cursor is not one of this list
 */
export async function keysetPage<Row>(query: Knex.QueryBuilder, keyset: Keyset<Row>, request: PageRequest): Promise<Page<Row>> {
  if (request.cursor !== undefined) whereAfter(query, keyset, request.cursor);
  const found = (await orderByKeyset(query, keyset).limit(request.limit + 1)) as Row[];
  return pageOf(found, keyset, request.limit);
}

/**
 * The page of rows that were read in the keyset's order, by `keysetPage` or by a query of one's own.
 *
 * @param found one row more than the limit, where there is one
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

/** Keeps the rows behind the cursor's. */
export function whereAfter<Row>(query: Knex.QueryBuilder, keyset: Keyset<Row>, cursor: string): void {
  whereBeside(query, keyset, { cursor, side: 'after' });
}

/** Keeps the rows up to the cursor's own. */
export function whereUntil<Row>(query: Knex.QueryBuilder, keyset: Keyset<Row>, cursor: string): void {
  whereBeside(query, keyset, { cursor, side: 'until' });
}

const operators = { after: { asc: '>', desc: '<' }, until: { asc: '<', desc: '>' } } as const;

type Beside = { cursor: string; side: keyof typeof operators };

/**
 * Spelled out as `a <= ? AND (a < ? OR (a = ? AND id < ?))`: the row form `(a, id) < (?, ?)` is no index range on MariaDB
 * (1.7 s against 0.5 ms, deep in a million rows).
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
  // As text, once: nested builders took a tenth of a page's processor time.
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

/** JavaScript makes a Date of any number without throwing; SQL knows the years 0 to 9999. */
function sound(value: Knex.Value): Knex.Value {
  if (value instanceof Date && !(value.getUTCFullYear() >= 0 && value.getUTCFullYear() <= 9999))
    throw new RangeError('not a time');
  return value;
}
