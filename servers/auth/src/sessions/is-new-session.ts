import { idBytes, query } from '@florin/database';
import type { Knex } from 'knex';

/** Tells whether a session was opened, by signing up or in, at most `maxAgeS` seconds ago. */
export async function isNewSession(db: Knex, sessionId: string, { maxAgeS }: { maxAgeS: number }): Promise<boolean> {
  const rows = await query(db, 'SELECT id FROM sessions WHERE id = ? AND created_at >= NOW(3) - INTERVAL ? SECOND', [
    idBytes(sessionId),
    maxAgeS,
  ]);
  return rows.length > 0;
}
