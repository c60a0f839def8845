import { idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { lockActiveUser } from '../users/lock-user.ts';
import type { User } from '../users/user.ts';
import { decideRefresh, type TokenState } from './decide-refresh.ts';
import { endSession } from './end-sessions.ts';
import type { OpenedSession } from './open-session.ts';
import { hashOfToken, newRefreshToken } from './refresh-token.ts';
import { issueTimeOf } from './token-time.ts';

/**
 * Swaps a refresh token for its successor. All that happens to a session's tokens happens under the lock of its user's row.
 *
 * Returns undefined for a token that will not do, and does not throw: that its reuse ended the session is to be committed.
 */
export async function refreshSession(
  trx: Knex.Transaction,
  refreshToken: string,
  accessTokenTtlS: number,
): Promise<{ user: User; session: OpenedSession } | undefined> {
  const hash = hashOfToken(refreshToken);
  const owner = await findOwner(trx, hash);
  if (owner === undefined) return undefined;
  const account = await lockActiveUser(trx, idText(owner.user_id));
  if (account === undefined) return undefined;
  const now = issueTimeOf(account);
  if (!(await isLive(trx, owner.session_id, now))) return undefined;
  const { token, successor, successorHash } = await readToken(trx, hash);
  switch (decideRefresh(token, successor, now)) {
    case 'refuse':
      return undefined;
    case 'end-session':
      await endSession(trx, { userId: account.user.id, sessionId: idText(owner.session_id) }, { accessTokenTtlS });
      return undefined;
    case 'replace-successor':
      await trx.raw('UPDATE refresh_tokens SET revoked_at = ? WHERE token_hash = ?', [now, successorHash]);
      break;
    case 'rotate':
  }
  const session = { id: idText(owner.session_id), refreshToken: newRefreshToken(), issuedAt: now };
  await insertSuccessor(trx, { of: hash, sessionId: owner.session_id, refreshToken: session.refreshToken, now });
  return { user: account.user, session };
}

type Owner = { session_id: Buffer; user_id: Buffer };

async function findOwner(trx: Knex.Transaction, hash: Buffer): Promise<Owner | undefined> {
  const [[owner]] = (await trx.raw(
    `SELECT t.session_id, s.user_id FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE t.token_hash = ?`,
    [hash],
  )) as [Owner[]];
  return owner;
}

async function isLive(trx: Knex.Transaction, id: Buffer, now: Date): Promise<boolean> {
  const [rows] = (await trx.raw('SELECT id FROM sessions WHERE id = ? AND ended_at IS NULL AND expires_at > ?', [id, now])) as [
    unknown[],
  ];
  return rows.length > 0;
}

type TokenRow = {
  used_at: Date | null;
  revoked_at: Date | null;
  successor_hash: Buffer | null;
  successor_used_at: Date | null;
  successor_revoked_at: Date | null;
};

async function readToken(
  trx: Knex.Transaction,
  hash: Buffer,
): Promise<{ token: TokenState; successor: TokenState | undefined; successorHash: Buffer | null }> {
  const [[row]] = (await trx.raw(
    `SELECT t.used_at, t.revoked_at, t.successor_hash, n.used_at AS successor_used_at, n.revoked_at AS successor_revoked_at
       FROM refresh_tokens t LEFT JOIN refresh_tokens n ON n.token_hash = t.successor_hash WHERE t.token_hash = ?`,
    [hash],
  )) as [TokenRow[]];
  if (row === undefined) throw new Error('A refresh token vanished under the lock of its user.');
  return {
    token: { usedAt: row.used_at, revokedAt: row.revoked_at },
    successor: row.successor_hash ? { usedAt: row.successor_used_at, revokedAt: row.successor_revoked_at } : undefined,
    successorHash: row.successor_hash,
  };
}

type Succession = { of: Buffer; sessionId: Buffer; refreshToken: string; now: Date };

async function insertSuccessor(trx: Knex.Transaction, { of, sessionId, refreshToken, now }: Succession): Promise<void> {
  const hash = hashOfToken(refreshToken);
  await trx.raw('INSERT INTO refresh_tokens (token_hash, session_id, issued_at) VALUES (?, ?, ?)', [hash, sessionId, now]);
  await trx.raw('UPDATE refresh_tokens SET used_at = COALESCE(used_at, ?), successor_hash = ? WHERE token_hash = ?', [
    now,
    hash,
    of,
  ]);
}
