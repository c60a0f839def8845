import type { Connection, RowDataPacket } from 'mysql2/promise';
import type { Sized } from './cut-batches.ts';

export type OutboxRow = RowDataPacket &
  Sized & {
    id: number;
    topic: string;
    /** Null if the payload is too large to be read ahead. */
    payload: string | null;
  };

/**
 * Maximum number of payload bytes that are read ahead. Each row may use an equal share; a larger payload is read when it is
 * sent.
 */
const READ_AHEAD_BYTES = 8 * 1024 * 1024;

/**
 * Reads the oldest rows except those being published. "Rows after the last of them" would be wrong: a row that was written
 * earlier and committed later would follow the next event of its own aggregate. `id + 0` keeps the server from building a range
 * for each gap.
 */
export async function readOldest(connection: Connection, published: readonly OutboxRow[], limit: number): Promise<OutboxRow[]> {
  const others = published.length === 0 ? '' : 'WHERE id + 0 NOT IN (?)';
  const ids = published.length === 0 ? [] : [published.map(({ id }) => id)];
  const [rows] = await connection.query<OutboxRow[]>(
    `SELECT id, topic, message_key, LENGTH(payload) AS bytes, IF(LENGTH(payload) <= ?, payload, NULL) AS payload
     FROM outbox ${others} ORDER BY id LIMIT ?`,
    [Math.floor(READ_AHEAD_BYTES / limit), ...ids, limit],
  );
  return rows;
}

/** Returns the payloads of rows, in order. Reads those that were not read ahead. */
export async function readPayloads(connection: Connection, rows: readonly OutboxRow[]): Promise<string[]> {
  const missing = rows.filter(({ payload }) => payload === null).map(({ id }) => id);
  const read = missing.length === 0 ? new Map<number, string>() : await readById(connection, missing);
  return rows.map(({ id, payload }) => {
    const text = payload ?? read.get(id);
    if (text === undefined) throw new Error(`Outbox row ${id} is gone: somebody else deleted it`);
    return text;
  });
}

async function readById(connection: Connection, ids: readonly number[]): Promise<Map<number, string>> {
  const [rows] = await connection.query<(RowDataPacket & { id: number; payload: string })[]>(
    'SELECT id, payload FROM outbox WHERE id IN (?) ORDER BY id LIMIT ?',
    [ids, ids.length],
  );
  return new Map(rows.map(({ id, payload }) => [id, payload]));
}
