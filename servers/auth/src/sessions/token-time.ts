import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { type UserFact, userFact } from '../users/append-user-events.ts';
import type { LockedUser } from '../users/lock-user.ts';

/**
 * Returns the time of issue of a token that is issued now, by the clock of this user's tokens. Read it under the lock of the user's
 * row, so that instances whose clocks differ agree on what came first.
 *
 * After tokens were made void it is at least the next whole second. `iat` is in whole seconds, and a verifier of the release before
 * compares `iat` alone: then it refuses every token of before, whose `iat` was rounded down, and accepts every token of after.
 */
export function issueTimeOf({ tokensValidFrom }: Pick<LockedUser, 'tokensValidFrom'>): Date {
  const validFromS = Math.ceil((tokensValidFrom?.getTime() ?? 0) / 1000);
  return new Date(Math.max(Date.now(), validFromS * 1000));
}

/** Makes void, to the millisecond, all access tokens that the user has been issued so far. The next one is valid. */
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
