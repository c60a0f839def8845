import assert from 'node:assert/strict';
import { idBytes, insertRows, queryFirst } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { appendUserEvents } from './append-user-events.ts';
import { decideRefresh, type TokenState } from './decide-refresh.ts';
import { endSession } from './end-sessions.ts';
import { findSessionOfToken } from './find-session-of-token.ts';
import { lockActiveUser } from './lock-user.ts';
import { type OpenedSession, refreshTokensTable } from './open-session.ts';
import { hashOfToken, newRefreshToken } from './refresh-token.ts';
import type { SessionOrigin } from './session-origin.ts';
import { bringBackTokenTime, issueTimeAfter, issueTimeOf } from './token-time.ts';
import type { User } from './user.ts';

export type RefreshTerms = {
  accessTokenTtlS: number;
  /** Seconds without use after which a session ends. */
  idleS: number;
  origin: SessionOrigin;
};

/**
 * Exchanges a refresh token for its successor. Every change of a session's tokens locks its user's row.
 *
 * @returns undefined for a rejected token, or the session that its reuse has ended. It does not throw, because that end must be
 *   committed
 */
export async function refreshSession(
  trx: Knex.Transaction,
  refreshToken: string,
  { accessTokenTtlS, idleS, origin }: RefreshTerms,
): Promise<Refreshed | Reused | undefined> {
  const hash = hashOfToken(refreshToken);
  const owned = await findSessionOfToken(trx, refreshToken);
  if (owned === undefined) return undefined;
  const { sessionId } = owned;
  const account = await lockActiveUser(trx, owned.userId);
  if (account === undefined) return undefined;
  // The database's time: several instances may have used the token, and their clocks differ.
  const now = account.lockedAt;
  const lastUsedAt = await findLastUse(trx, sessionId, now);
  if (lastUsedAt === undefined) return undefined;
  const end = () => endSession(trx, { userId: account.user.id, sessionId }, { accessTokenTtlS });
  if (now.getTime() - lastUsedAt.getTime() > idleS * 1000) {
    await end();
    return undefined;
  }
  const known = await readToken(trx, hash);
  // The token was replaced while this transaction waited for the lock.
  if (known === undefined) return undefined;
  const { token, successor } = known;
  switch (decideRefresh(token, successor, now)) {
    case 'reject':
      return undefined;
    case 'end-session':
      await end();
      await appendAuditEntry(trx, { ...reuse, subject: account.user.id, after: { sessionId } });
      return { reused: { userId: account.user.id, sessionId } };
    case 'replace-successor':
      assert(successor, 'the successor to replace does not exist');
      break;
    case 'rotate':
  }
  const { account: current, facts } = await bringBackTokenTime(trx, account);
  const succession = { of: hash, sessionId, usedAt: now, issuedAt: issueTimeOf(current) };
  const session = successor ? await replaceSuccessor(trx, { ...succession, successor }) : await insertSuccessor(trx, succession);
  await noteOrigin(trx, sessionId, origin);
  if (facts.length > 0) await appendUserEvents(trx, account, facts);
  return { user: account.user, session };
}

const reuse = { actorId: null, action: 'auth.refresh.reused' };

type Refreshed = { user: User; session: OpenedSession };
type Reused = { reused: { userId: string; sessionId: string } };

/** Returns the time of the last refresh of a live session. Each release writes it with the refresh token. */
async function findLastUse(trx: Knex.Transaction, sessionId: string, now: Date): Promise<Date | undefined> {
  const row = await queryFirst<{ last_used_at: Date }>(
    trx,
    `SELECT (SELECT MAX(t.issued_at) FROM refresh_tokens t WHERE t.session_id = s.id) AS last_used_at
       FROM sessions s WHERE s.id = ? AND s.ended_at IS NULL AND s.expires_at > ?`,
    [idBytes(sessionId), now],
  );
  return row?.last_used_at;
}

async function noteOrigin(trx: Knex.Transaction, sessionId: string, { device, address }: SessionOrigin): Promise<void> {
  await trx.raw('UPDATE sessions SET device = ?, address = ? WHERE id = ?', [device, address, idBytes(sessionId)]);
}

type TokenRow = {
  used_at: Date | null;
  revoked_at: Date | null;
  successor_hash: Buffer | null;
  successor_used_at: Date | null;
  successor_revoked_at: Date | null;
  successor_issued_at: Date | null;
};

type Successor = TokenState & { hash: Buffer; issuedAt: Date };

async function readToken(
  trx: Knex.Transaction,
  hash: Buffer,
): Promise<{ token: TokenState; successor: Successor | undefined } | undefined> {
  const row = await queryFirst<TokenRow>(
    trx,
    `SELECT t.used_at, t.revoked_at, t.successor_hash, n.used_at AS successor_used_at, n.revoked_at AS successor_revoked_at,
            n.issued_at AS successor_issued_at
       FROM refresh_tokens t LEFT JOIN refresh_tokens n ON n.token_hash = t.successor_hash WHERE t.token_hash = ?`,
    [hash],
  );
  return row && { token: { usedAt: row.used_at, revokedAt: row.revoked_at }, successor: successorOf(row) };
}

function successorOf(row: TokenRow): Successor | undefined {
  if (row.successor_hash === null || row.successor_issued_at === null) return undefined;
  return {
    hash: row.successor_hash,
    issuedAt: row.successor_issued_at,
    usedAt: row.successor_used_at,
    revokedAt: row.successor_revoked_at,
  };
}

type Succession = { of: Buffer; sessionId: string; usedAt: Date; issuedAt: Date };

async function insertSuccessor(trx: Knex.Transaction, { of, sessionId, usedAt, issuedAt }: Succession): Promise<OpenedSession> {
  const session = { id: sessionId, refreshToken: newRefreshToken(), issuedAt };
  const hash = hashOfToken(session.refreshToken);
  await insertRows(trx, refreshTokensTable, [{ tokenHash: hash, sessionId, issuedAt }]);
  await trx.raw('UPDATE refresh_tokens SET used_at = ?, successor_hash = ? WHERE token_hash = ?', [usedAt, hash, of]);
  return session;
}

/**
 * Writes the new successor over the row of the unused one, so retries add no rows. From then on the replaced token is unknown,
 * also to instances of the previous release, which would end the session for a token that is marked as revoked.
 *
 * The new token is issued after the replaced one, whose access token is still valid: the newest time of issue in the table stays
 * true.
 */
async function replaceSuccessor(
  trx: Knex.Transaction,
  { of, successor, sessionId, issuedAt: issueTime }: Succession & { successor: Successor },
): Promise<OpenedSession> {
  const issuedAt = issueTimeAfter(issueTime, successor.issuedAt);
  const session = { id: sessionId, refreshToken: newRefreshToken(), issuedAt };
  const hash = hashOfToken(session.refreshToken);
  await trx.raw('UPDATE refresh_tokens SET token_hash = ?, issued_at = ? WHERE token_hash = ?', [hash, issuedAt, successor.hash]);
  await trx.raw('UPDATE refresh_tokens SET successor_hash = ? WHERE token_hash = ?', [hash, of]);
  return session;
}
