import { idBytes, newId } from '@florin/runtime';
import type { Knex } from 'knex';
import { hashOfToken, newRefreshToken } from './refresh-token.ts';

/** `issuedAt` is the time of issue of the access token that goes with the refresh token. */
export type OpenedSession = { id: string; refreshToken: string; issuedAt: Date };

/** Begins a session of a user whose row this transaction has inserted or locked. */
export async function openSession(
  trx: Knex.Transaction,
  userId: string,
  { ttlS, now }: { ttlS: number; now: Date },
): Promise<OpenedSession> {
  const session = { id: newId(), refreshToken: newRefreshToken(), issuedAt: now };
  await trx.raw('INSERT INTO sessions (id, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)', [
    idBytes(session.id),
    idBytes(userId),
    now,
    new Date(now.getTime() + ttlS * 1000),
  ]);
  await trx.raw('INSERT INTO refresh_tokens (token_hash, session_id, issued_at) VALUES (?, ?, ?)', [
    hashOfToken(session.refreshToken),
    idBytes(session.id),
    now,
  ]);
  return session;
}
