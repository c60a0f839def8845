const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `toSql` of a keyset column for whole numbers. A cursor comes from the client, so its values are not trusted. */
export function integerValue(value: string | number): number {
  if (typeof value !== 'number') throw new TypeError(`${value} is not an integer.`);
  return value;
}

/** `toSql` of a keyset column for times: milliseconds since 1970 in the cursor. */
export function timeValue(value: string | number): Date {
  return new Date(integerValue(value));
}

/** `toSql` of a keyset column for text. */
export function textValue(value: string | number): string {
  if (typeof value !== 'string') throw new TypeError(`${value} is not text.`);
  return value;
}

/** `toSql` of a keyset column for ids: text in the cursor, 16 bytes in SQL. */
export function idValue(value: string | number): Buffer {
  if (typeof value !== 'string' || !UUID.test(value)) throw new TypeError(`${value} is not an id.`);
  return Buffer.from(value.replaceAll('-', ''), 'hex');
}
