import { column, defineTable, idBytes, insertRows, newId } from '@florin/database';
import type { Knex } from 'knex';
import { rememberAddress } from './known-addresses.ts';
import { hashOfToken, newRefreshToken } from './refresh-token.ts';
import type { SessionOrigin } from './session-origin.ts';

export const sessionsTable = defineTable('sessions', {
  id: column.id(),
  userId: column.id(),
  createdAt: column.time(),
  expiresAt: column.time(),
  endedAt: column.time().orNull().byDatabase(),
  device: column.text('varchar(200)').orNull(),
  address: column.text('varchar(64)').orNull(),
});

export const refreshTokensTable = defineTable('refresh_tokens', {
  tokenHash: column.bytes('varbinary(32)'),
  sessionId: column.id(),
  issuedAt: column.time(),
  usedAt: column.time().orNull().byDatabase(),
  revokedAt: column.time().orNull().byDatabase(),
  successorHash: column.bytes('varbinary(32)').orNull().byDatabase(),
});

/** `issuedAt`: time of issue of the access token that belongs to the refresh token. */
export type OpenedSession = { id: string; refreshToken: string; issuedAt: Date };

/** Opens a session of a user whose row this transaction has inserted or locked. */
export async function openSession(
  trx: Knex.Transaction,
  userId: string,
  { ttlS, issuedAt, origin }: { ttlS: number; issuedAt: Date; origin: SessionOrigin },
): Promise<OpenedSession> {
  const session = { id: newId(), refreshToken: newRefreshToken(), issuedAt };
  // Uses the database's clock, as the end of a session does: an instance's wrong clock would make the session longer, shorter or
  // the oldest.
  await trx.raw(
    `INSERT INTO sessions (id, user_id, created_at, expires_at, device, address)
     VALUES (?, ?, NOW(3), NOW(3) + INTERVAL ? SECOND, ?, ?)`,
    [idBytes(session.id), idBytes(userId), ttlS, origin.device, origin.address],
  );
  const tokenHash = hashOfToken(session.refreshToken);
  await insertRows(trx, refreshTokensTable, [{ tokenHash, sessionId: session.id, issuedAt }]);
  if (origin.address !== null) await rememberAddress(trx, userId, origin.address);
  return session;
}
