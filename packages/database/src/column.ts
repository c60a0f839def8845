import { idText, type SqlId, sqlId } from './ids.ts';

/** The type that the driver accepts as a value and returns for a column. */
export type SqlValue = string | number | boolean | Buffer | Date | null;

/** Converts between a field and the stored value. Absent if both are the same. */
type Codec<Value, Stored> = { encode(value: Value): Stored | SqlId; decode(stored: Stored): Value };

/** Where the column's value of an INSERT comes from. `database`: a default, AUTO_INCREMENT or a generated column. */
type Source = 'insert' | 'database';

/** A column of a table: its SQL type as in the migrations, and how its values are read and written. */
export class Column<Value = unknown, Stored extends SqlValue = SqlValue, From extends Source = Source> {
  readonly sqlType: string;
  readonly isNullable: boolean;
  readonly from: From;
  readonly codec: Codec<Value, Stored> | undefined;

  constructor({ sqlType, isNullable, from, codec }: Omit<Column<Value, Stored, From>, 'orNull' | 'byDatabase'>) {
    this.sqlType = sqlType;
    this.isNullable = isNullable;
    this.from = from;
    this.codec = codec;
  }

  /** Allows NULL, which is null on both sides, whatever the codec. */
  orNull(): Column<Value | null, Stored | null, From> {
    const { sqlType, from, codec } = this;
    return new Column<Value | null, Stored | null, From>({ sqlType, isNullable: true, from, codec });
  }

  /** Marks a column that the database fills in; `insertRows` omits it. */
  byDatabase(): Column<Value, Stored, 'database'> {
    const { sqlType, isNullable, codec } = this;
    return new Column<Value, Stored, 'database'>({ sqlType, isNullable, from: 'database', codec });
  }
}

function make<Value, Stored extends SqlValue>(sqlType: string, codec?: Codec<Value, Stored>): Column<Value, Stored, 'insert'> {
  return new Column<Value, Stored, 'insert'>({ sqlType, isNullable: false, from: 'insert', codec });
}

/** The kinds of columns. */
export const column = {
  /** A UUID: text in the field, 16 bytes in the column. */
  id: () => make<string, Buffer>('binary(16)', { encode: sqlId, decode: idText }),
  /** An amount in minor units. */
  money: () => make<number, number>('bigint'),
  integer: (sqlType: string) => make<number, number>(sqlType),
  /** A number with decimals, exact as text in the column. */
  decimal: (sqlType: string) => make<number, string>(sqlType, { encode: String, decode: Number }),
  text: <Text extends string = string>(sqlType: string) => make<Text, Text>(sqlType),
  /** Text in the field, its UTF-8 bytes in the column: for keys that are compared byte by byte. */
  textBytes: (sqlType: string) =>
    make<string, Buffer>(sqlType, { encode: (text) => Buffer.from(text), decode: (bytes) => bytes.toString() }),
  /** A list of these texts, in their order. */
  set: <Text extends string>(texts: readonly Text[]) =>
    make<readonly Text[], string>(`set(${texts.map((text) => `'${text}'`).join(',')})`, {
      encode: (chosen) => chosen.join(','),
      decode: (text) => text.split(',') as Text[],
    }),
  bytes: (sqlType: string) => make<Buffer, Buffer>(sqlType),
  boolean: () => make<boolean, number>('tinyint', { encode: Number, decode: Boolean }),
  time: () => make<Date, Date>('datetime(3)'),
  /** ISO 8601 text in UTC in the field, a time in the column. */
  timeText: () => make<string, Date>('datetime(3)', { encode: (text) => new Date(text), decode: (time) => time.toISOString() }),
  json: <Value>(sqlType: string) =>
    make<Value, string>(sqlType, { encode: (value) => JSON.stringify(value), decode: (text) => JSON.parse(text) as Value }),
} as const;
