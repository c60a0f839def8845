import assert from 'node:assert/strict';

export { newId, newIdAt } from '@florin/events';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const HEX = /^[0-9a-f]{32}$/i;

export function isId(text: string): boolean {
  return UUID.test(text);
}

/** Returns the time at which an id was made, in milliseconds since 1970; undefined for ids other than version 7. */
export function idTimeMs(id: string): number | undefined {
  return id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined;
}

/** Returns the 16 bytes that SQL stores of an id. */
export function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/**
 * An id as a value of a statement. The driver writes it into the SQL unchanged, which costs half as much as bytes: these it would
 * convert back to the same hexadecimal text. A purchase has some fifty ids.
 */
export class SqlId {
  readonly #hex: string;

  constructor(id: string) {
    this.#hex = id.replaceAll('-', '');
    assert(HEX.test(this.#hex), `not an id: ${JSON.stringify(id)}`);
  }

  toSqlString(): string {
    return `X'${this.#hex}'`;
  }
}

export function sqlId(id: string): SqlId {
  return new SqlId(id);
}

/** Returns the 16-byte lower bound of ids made at a time or later, so that a period is a range of ids. */
export function firstIdAt(timeMs: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.min(Math.max(timeMs, 0), 2 ** 48 - 1), 0, 6);
  return bytes;
}

/** Returns the text of an id that SQL stores as 16 bytes. */
export function idText(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
