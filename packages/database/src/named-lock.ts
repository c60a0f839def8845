import { createHash } from 'node:crypto';
import type { Connection, RowDataPacket } from 'mysql2/promise';

/** MySQL's maximum. */
const MAX_NAME_LENGTH = 64;
/** As in earlier releases, whose instances take the same locks. */
const HASH_DIGITS = 48;

/** Names a lock of one database. Named locks are server-wide, so the name contains the database. */
export function databaseLockName(purpose: string, databaseUrl: string): string {
  const name = `${purpose}:${new URL(databaseUrl).pathname.slice(1)}`;
  if (name.length <= MAX_NAME_LENGTH) return name;
  const digits = Math.min(HASH_DIGITS, MAX_NAME_LENGTH - purpose.length - 1);
  return `${purpose}:${createHash('sha256').update(name).digest('hex').slice(0, digits)}`;
}

/** Takes a named lock for as long as the connection lives. Returns false at once if another connection has it. */
export async function takeNamedLock(connection: Connection, name: string): Promise<boolean> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, 0) AS taken', [name]);
  return Number(rows[0]?.['taken']) === 1;
}
