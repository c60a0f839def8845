import type { IssuedToken } from '@florin/auth-middleware';
import { idBytes, queryFirst } from '@florin/database';
import type { Knex } from 'knex';

/**
 * Tells whether a token is still good by the database: its session is open, its user is active, and no role, password or
 * "end all sessions" has made it void. So auth refuses it at once, also while no event gets through.
 */
export async function isCurrentToken(db: Knex, { user, issuedAtMs }: IssuedToken): Promise<boolean> {
  const row = await queryFirst<{ tokens_valid_from: Date | null }>(
    db,
    `SELECT u.tokens_valid_from FROM sessions s JOIN users u ON u.id = s.user_id
      WHERE s.id = ? AND u.id = ? AND s.ended_at IS NULL AND u.status = 'active'`,
    [idBytes(user.sessionId), idBytes(user.id)],
  );
  return row !== undefined && issuedAtMs >= (row.tokens_valid_from?.getTime() ?? 0);
}
