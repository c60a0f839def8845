import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type UserFact, userFact } from '../users/append-user-events.ts';
import type { LockedUser } from '../users/lock-user.ts';

/**
 * When a token that is issued now is issued, by the clock of this user's tokens: never before a time from which tokens are valid.
 * Read under the lock of the user's row, so that instances whose clocks differ agree on what came first.
 */
export function issueTimeOf({ tokensValidFrom }: Pick<LockedUser, 'tokensValidFrom'>): Date {
  return new Date(Math.max(Date.now(), tokensValidFrom?.getTime() ?? 0));
}

/** Makes all access tokens void that the user has been issued so far, to the millisecond; the next one is good. */
export async function invalidateTokens(trx: Knex.Transaction, account: LockedUser): Promise<UserFact> {
  const { id } = account.user;
  const lastIssuedAt = await findLastIssue(trx, id);
  const issuedBefore = new Date(Math.max(issueTimeOf(account).getTime(), (lastIssuedAt?.getTime() ?? 0) + 1));
  await trx.raw('UPDATE users SET tokens_valid_from = ? WHERE id = ?', [issuedBefore, idBytes(id)]);
  return userFact('tokens-invalidated', { userId: id, issuedBefore: issuedBefore.toISOString() });
}

/** Each access token is issued together with a refresh token. */
async function findLastIssue(trx: Knex.Transaction, userId: string): Promise<Date | null | undefined> {
  const [[row]] = (await trx.raw(
    'SELECT MAX(t.issued_at) AS last_issued_at FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id WHERE s.user_id = ?',
    [idBytes(userId)],
  )) as [{ last_issued_at: Date | null }[]];
  return row?.last_issued_at;
}
