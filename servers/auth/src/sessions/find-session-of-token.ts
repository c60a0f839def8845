import { idText, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { hashOfToken } from './refresh-token.ts';

export type OwnedSession = { userId: string; sessionId: string };

/** Finds the session that a refresh token was issued for, and its user. The session may have ended. */
export async function findSessionOfToken(db: Knex, refreshToken: string): Promise<OwnedSession | undefined> {
  const row = await queryFirst<{ session_id: Buffer; user_id: Buffer }>(
    db,
    `SELECT t.session_id, s.user_id FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE t.token_hash = ?`,
    [hashOfToken(refreshToken)],
  );
  return row && { userId: idText(row.user_id), sessionId: idText(row.session_id) };
}
