import type { Column, SqlValue } from './column.ts';
import type { SqlId } from './ids.ts';

export type Columns = Readonly<Record<string, Column>>;

type Snake<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${Snake<Rest>}`
    : `_${Lowercase<First>}${Snake<Rest>}`
  : Text;

type ValueOf<One> = One extends Column<infer Value, SqlValue> ? Value : never;
type StoredOf<One> = One extends Column<unknown, infer Stored> ? Stored : never;
type FieldsOf<Of> = Of extends Table<infer C> ? C : never;

/** A row with its fields, in code. */
export type RowOf<Of> = { [Field in keyof FieldsOf<Of>]: ValueOf<FieldsOf<Of>[Field]> };
/** A row with its columns, as a SELECT returns it. */
export type StoredRowOf<Of> = {
  [Field in keyof FieldsOf<Of> & string as Snake<Field>]: StoredOf<FieldsOf<Of>[Field]>;
};
/** The fields of an INSERT: all except those that the database fills in. */
export type NewRowOf<Of> = {
  [Field in keyof FieldsOf<Of> as FieldsOf<Of>[Field] extends Column<unknown, SqlValue, 'database'> ? never : Field]: ValueOf<
    FieldsOf<Of>[Field]
  >;
};

/** A field with its column, prepared for loops over rows. */
export type Cell = {
  field: string;
  column: string;
  encode: ((value: unknown) => SqlValue | SqlId) | undefined;
  decode: ((stored: SqlValue) => unknown) | undefined;
};

export type Table<C extends Columns = Columns> = {
  readonly name: string;
  readonly columns: C;
  readonly cells: readonly Cell[];
  /** The cells that `insertRows` writes. */
  readonly inserted: readonly Cell[];
  /** The INSERT of rows. Its text does not depend on their number: `VALUES ?` takes a list of lists. */
  readonly insert: string;
  /** The names of the columns, for a SELECT: `id, sku, name`. */
  readonly list: string;
  /** Existing columns without a field, such as generated ones that only conditions use. */
  readonly unread: readonly string[];
};

/**
 * Defines a table: the one place where a column, its field, its SQL type and its codec meet. Columns have the fields' names in
 * snake_case. `compareTables` tells where the database differs.
 *
 * ```ts
 * const booksTable = defineTable('books', {
 *   id: column.id(),
 *   title: column.text('varchar(200)'),
 *   priceMinor: column.money(),
 *   lentTo: column.id().orNull(),
 *   createdAt: column.time().byDatabase(),
 * });
 * type Book = RowOf<typeof booksTable>;
 * ```
 */
export function defineTable<const C extends Columns>(
  name: string,
  columns: C,
  options: { unread?: readonly string[] } = {},
): Table<C> {
  const cells = Object.entries<Column>(columns).map(([field, one]) => cellOf(field, one));
  const inserted = cells.filter(({ field }) => columns[field]?.from === 'insert');
  const insert = `INSERT INTO ${name} (${namesOf(inserted)}) VALUES ?`;
  return { name, columns, cells, inserted, insert, list: namesOf(cells), unread: options.unread ?? [] };
}

/** Returns the table with only some of its fields: for a SELECT that reads fewer, or an UPDATE that writes fewer. */
export function pickFields<C extends Columns, Field extends keyof C & string>(
  { name, columns }: Table<C>,
  fields: readonly Field[],
): Table<Pick<C, Field>> {
  const picked = Object.fromEntries(fields.map((field) => [field, columns[field]])) as unknown as Pick<C, Field>;
  return defineTable(name, picked);
}

/** Returns the table without some of its fields. It includes fields that are added to the table later. */
export function omitFields<C extends Columns, Field extends keyof C & string>(
  { name, columns }: Table<C>,
  fields: readonly Field[],
): Table<Omit<C, Field>> {
  const omitted: readonly string[] = fields;
  const kept = Object.fromEntries(Object.entries(columns).filter(([field]) => !omitted.includes(field)));
  return defineTable(name, kept as unknown as Omit<C, Field>);
}

type NullableField<C extends Columns> = {
  [Field in keyof C & string]: null extends ValueOf<C[Field]> ? Field : never;
}[keyof C & string];

/** Returns null for each field that may be null. */
export function nullsOf<C extends Columns>({ columns }: Table<C>): { [Field in NullableField<C>]: null } {
  const nullable = Object.entries<Column>(columns).filter(([, { isNullable }]) => isNullable);
  return Object.fromEntries(nullable.map(([field]) => [field, null])) as { [Field in NullableField<C>]: null };
}

/** Reads a row of a SELECT of the table's columns. */
export function readRow<C extends Columns>({ cells }: Table<C>, stored: StoredRowOf<Table<C>>): RowOf<Table<C>> {
  const from = stored as Readonly<Record<string, SqlValue>>;
  const row: Record<string, unknown> = {};
  for (const { field, column, decode } of cells) {
    const value = from[column];
    row[field] = decode === undefined || value === null || value === undefined ? value : decode(value);
  }
  return row as RowOf<Table<C>>;
}

function cellOf(field: string, { codec }: Column): Cell {
  return {
    field,
    column: field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    encode: codec && ((value) => codec.encode(value)),
    decode: codec && ((stored) => codec.decode(stored)),
  };
}

function namesOf(cells: readonly Cell[]): string {
  return cells.map(({ column }) => column).join(', ');
}
