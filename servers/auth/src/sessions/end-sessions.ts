import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { appendUserEvents, userFact } from '../users/append-user-events.ts';
import { type LockedUser, lockUser } from '../users/lock-user.ts';
import { issueTimeOf } from './token-time.ts';

type Ends = { accessTokenTtlS: number };

/** Ends one session of its user's; false where there is no such session, or it has ended already. */
export async function endSession(
  trx: Knex.Transaction,
  { userId, sessionId }: { userId: string; sessionId: string },
  ends: Ends,
): Promise<boolean> {
  const account = await lockUser(trx, userId);
  if (account === undefined) return false;
  return (await endOpenSessions(trx, account, { ...ends, which: 'id = ?', sessionId })) > 0;
}

/** Ends all sessions of a locked user but one. */
export async function endOtherSessions(
  trx: Knex.Transaction,
  account: LockedUser,
  { sessionId, accessTokenTtlS }: { sessionId: string } & Ends,
): Promise<void> {
  await endOpenSessions(trx, account, { accessTokenTtlS, which: 'id <> ?', sessionId });
}

/** Ends all sessions of a locked user whose tokens are made void by the same transaction: no event for each of them. */
export async function endAllSessions(trx: Knex.Transaction, { user }: LockedUser): Promise<void> {
  await trx.raw('UPDATE sessions SET ended_at = ? WHERE user_id = ? AND ended_at IS NULL', [new Date(), idBytes(user.id)]);
}

type Which = Ends & { which: 'id = ?' | 'id <> ?'; sessionId: string };

/** One that has expired counts as open: its last access token may outlive it. */
async function endOpenSessions(
  trx: Knex.Transaction,
  account: LockedUser,
  { which, sessionId, accessTokenTtlS }: Which,
): Promise<number> {
  const { id: userId } = account.user;
  const [rows] = (await trx.raw(`SELECT id FROM sessions WHERE user_id = ? AND ${which} AND ended_at IS NULL`, [
    idBytes(userId),
    idBytes(sessionId),
  ])) as [{ id: Buffer }[]];
  if (rows.length === 0) return 0;
  const now = issueTimeOf(account);
  await trx.raw(`UPDATE sessions SET ended_at = ? WHERE user_id = ? AND ${which} AND ended_at IS NULL`, [
    now,
    idBytes(userId),
    idBytes(sessionId),
  ]);
  const expiresAt = new Date(now.getTime() + accessTokenTtlS * 1000).toISOString();
  await appendUserEvents(
    trx,
    account,
    rows.map(({ id }) => userFact('session-revoked', { sid: idText(id), userId, expiresAt })),
  );
  return rows.length;
}
