import { execute, idBytes, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import { appendUserEvents, type UserFact, userFact } from './append-user-events.ts';
import { type LockedUser, lockUser } from './lock-user.ts';
import { invalidateTokens, issueTimeOf } from './token-time.ts';

type Ends = { accessTokenTtlS: number };

const MAX_SESSIONS_PER_STATEMENT = 1_000;
/** Maximum difference between the clocks of issuers and verifiers, added up. */
const CLOCKS_DIFFER_MS = 300_000;

/** Ends one session of the user; returns false if the session does not exist or has ended. */
export async function endSession(
  trx: Knex.Transaction,
  { userId, sessionId }: { userId: string; sessionId: string },
  ends: Ends,
): Promise<boolean> {
  const account = await lockUser(trx, userId);
  if (account === undefined) return false;
  // An expired session counts as open: its last access token may outlive it.
  const rows = await query<{ id: Buffer }>(trx, 'SELECT id FROM sessions WHERE user_id = ? AND id = ? AND ended_at IS NULL', [
    idBytes(userId),
    idBytes(sessionId),
  ]);
  const facts = await endThese(trx, account, { ...ends, ids: rows.map(({ id }) => id) });
  if (facts.length > 0) await appendUserEvents(trx, account, facts);
  return rows.length > 0;
}

/**
 * Ends the sessions of a locked user whose tokens the same transaction makes void, so no session needs an event of its own.
 *
 * @param options `keep`: id of a session that stays open
 */
export async function endAllSessions(
  trx: Knex.Transaction,
  { user, lockedAt }: LockedUser,
  { keep }: { keep?: string } = {},
): Promise<void> {
  const but = keep === undefined ? [] : [idBytes(keep)];
  await trx.raw(
    `UPDATE sessions SET ended_at = ? WHERE user_id = ? AND ended_at IS NULL${but.length > 0 ? ' AND id <> ?' : ''}`,
    [lockedAt, idBytes(user.id), ...but],
  );
}

/**
 * Ends all sessions of a locked user and makes all access tokens void, with one event. Returns false, and changes nothing, if
 * none is open.
 */
export async function signOutEverywhere(trx: Knex.Transaction, account: LockedUser): Promise<boolean> {
  const open = await query(trx, 'SELECT id FROM sessions WHERE user_id = ? AND ended_at IS NULL LIMIT 1', [
    idBytes(account.user.id),
  ]);
  if (open.length === 0) return false;
  await endAllSessions(trx, account);
  await appendUserEvents(trx, account, [await invalidateTokens(trx, account)]);
  return true;
}

/**
 * Ends the oldest sessions of a locked user beyond the maximum: both the sessions and the revocations of one user are bounded.
 *
 * @returns the facts to append
 */
export async function endOldestSessions(
  trx: Knex.Transaction,
  account: LockedUser,
  { keep, accessTokenTtlS }: { keep: number } & Ends,
): Promise<UserFact[]> {
  const rows = await query<{ id: Buffer }>(
    trx,
    'SELECT id FROM sessions WHERE user_id = ? AND ended_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ?, ?',
    [idBytes(account.user.id), keep, MAX_SESSIONS_PER_STATEMENT],
  );
  return endThese(trx, account, { accessTokenTtlS, ids: rows.map(({ id }) => id) });
}

/**
 * A session whose last access token expired long ago needs no event, because there is nothing to revoke. The database's clock
 * decides: a clock that is ahead would take all tokens for expired.
 */
async function endThese(
  trx: Knex.Transaction,
  account: LockedUser,
  { ids, accessTokenTtlS }: { ids: readonly Buffer[] } & Ends,
): Promise<UserFact[]> {
  if (ids.length === 0) return [];
  const now = account.lockedAt;
  await execute(trx, 'UPDATE sessions SET ended_at = ? WHERE id IN (?)', [now, ids]);
  const rows = await query<{ session_id: Buffer; last_issued_at: Date }>(
    trx,
    'SELECT session_id, MAX(issued_at) AS last_issued_at FROM refresh_tokens WHERE session_id IN (?) GROUP BY session_id',
    [ids],
  );
  const userId = account.user.id;
  return rows.flatMap(({ session_id, last_issued_at }) => {
    // Uses the later of both clocks: an instance whose clock is ahead may have issued the session's last token.
    const lastMs = Math.max(now.getTime(), issueTimeOf(account).getTime(), last_issued_at.getTime());
    const expiresAt = new Date(lastMs + accessTokenTtlS * 1000);
    const isOver = last_issued_at.getTime() + accessTokenTtlS * 1000 + CLOCKS_DIFFER_MS < now.getTime();
    return isOver ? [] : [userFact('session-revoked', { sid: idText(session_id), userId, expiresAt: expiresAt.toISOString() })];
  });
}
