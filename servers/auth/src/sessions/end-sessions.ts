import { execute, idBytes, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import { appendUserEvents, type UserFact, userFact } from './append-user-events.ts';
import { type LockedUser, lockUser } from './lock-user.ts';
import { issueTimeOf } from './token-time.ts';

type Ends = { accessTokenTtlS: number };

const MOST_AT_ONCE = 1_000;
/** By so much the clocks of issuers and verifiers may differ, on top of each other. */
const CLOCKS_DIFFER_MS = 300_000;

/** Ends one session of its user's; false where there is no such session, or it has ended already. */
export async function endSession(
  trx: Knex.Transaction,
  { userId, sessionId }: { userId: string; sessionId: string },
  ends: Ends,
): Promise<boolean> {
  const account = await lockUser(trx, userId);
  if (account === undefined) return false;
  // One that has expired counts as open: its last access token may outlive it.
  const rows = await query<{ id: Buffer }>(trx, 'SELECT id FROM sessions WHERE user_id = ? AND id = ? AND ended_at IS NULL', [
    idBytes(userId),
    idBytes(sessionId),
  ]);
  const facts = await endThese(trx, account, { ...ends, ids: rows.map(({ id }) => id) });
  if (facts.length > 0) await appendUserEvents(trx, account, facts);
  return rows.length > 0;
}

/**
 * Ends the sessions of a locked user whose tokens are made void by the same transaction: no event for each of them.
 *
 * @param options `keep`: a session that goes on, by its refresh token
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
 * Ends the sessions of a locked user past so many, the oldest first: nobody may hold sessions, and later revoke them, without bound.
 *
 * @returns what is to be told of it
 */
export async function endOldestSessions(
  trx: Knex.Transaction,
  account: LockedUser,
  { keep, accessTokenTtlS }: { keep: number } & Ends,
): Promise<UserFact[]> {
  const rows = await query<{ id: Buffer }>(
    trx,
    'SELECT id FROM sessions WHERE user_id = ? AND ended_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ?, ?',
    [idBytes(account.user.id), keep, MOST_AT_ONCE],
  );
  return endThese(trx, account, { accessTokenTtlS, ids: rows.map(({ id }) => id) });
}

/**
 * A session whose last access token has expired for long needs no event: there is nothing left to revoke. That is told by the
 * database's clock: by one that is ahead, all tokens have expired.
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
    // By the later of the clocks: an instance that is ahead may have issued the session's last token.
    const lastMs = Math.max(now.getTime(), issueTimeOf(account).getTime(), last_issued_at.getTime());
    const expiresAt = new Date(lastMs + accessTokenTtlS * 1000);
    const isOver = last_issued_at.getTime() + accessTokenTtlS * 1000 + CLOCKS_DIFFER_MS < now.getTime();
    return isOver ? [] : [userFact('session-revoked', { sid: idText(session_id), userId, expiresAt: expiresAt.toISOString() })];
  });
}
