const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A keyset column's `toSql` for whole numbers. A cursor comes from the client, who may have put anything into it. */
export function integerValue(value: string | number): number {
  if (typeof value !== 'number') throw new TypeError(`${value} is not an integer.`);
  return value;
}

/** A keyset column's `toSql` for times, which are milliseconds in the cursor. */
export function timeValue(value: string | number): Date {
  return new Date(integerValue(value));
}

/** A keyset column's `toSql` for text. */
export function textValue(value: string | number): string {
  if (typeof value !== 'string') throw new TypeError(`${value} is not text.`);
  return value;
}

/** A keyset column's `toSql` for ids, text in the cursor and 16 bytes in SQL. */
export function idValue(value: string | number): Buffer {
  if (typeof value !== 'string' || !UUID.test(value)) throw new TypeError(`${value} is not an id.`);
  return Buffer.from(value.replaceAll('-', ''), 'hex');
}
