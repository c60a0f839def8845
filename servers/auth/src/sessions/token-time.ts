import { idBytes, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type UserFact, userFact } from './append-user-events.ts';
import type { LockedUser } from './lock-user.ts';

/**
 * A token may be issued so far ahead of this instance's clock: instances whose clocks differ agree then on what came first. Services
 * allow a minute, and refuse what is issued later than that.
 */
const ISSUE_AHEAD_MS = 30_000;

/**
 * Returns the time of issue of a token that is issued now, by the clock of this user's tokens. Read it under the lock of the user's
 * row, so that instances whose clocks differ agree on what came first.
 *
 * After tokens were made void it is at least the next whole second. `iat` is in whole seconds, and a verifier of the release before
 * compares `iat` alone: then it refuses every token of before, whose `iat` was rounded down, and accepts every token of after. A time
 * that a clock ahead has set does not count.
 */
export function issueTimeOf(account: Pick<LockedUser, 'tokensValidFrom'>): Date {
  if (isSetAhead(account)) return new Date();
  const validFromS = Math.ceil((account.tokensValidFrom?.getTime() ?? 0) / 1000);
  return new Date(Math.max(Date.now(), validFromS * 1000));
}

/** The time of issue of a token that is issued after another one, of which a clock ahead may have set the time. */
export function issueTimeAfter(issueTime: Date, earlier: Date): Date {
  return isAhead(earlier) ? issueTime : new Date(Math.max(issueTime.getTime(), earlier.getTime() + 1));
}

/** Whether a clock that was ahead has set the time from which tokens are valid: no token would be good until that time. */
function isSetAhead({ tokensValidFrom }: Pick<LockedUser, 'tokensValidFrom'>): boolean {
  return tokensValidFrom !== null && isAhead(tokensValidFrom);
}

function isAhead(time: Date): boolean {
  return time.getTime() > Date.now() + ISSUE_AHEAD_MS;
}

/**
 * Makes void, to the millisecond, all access tokens that the user has been issued so far. The next one is valid. Tokens that a clock
 * ahead has issued are refused until their time, and are left out: until then no other would be valid either.
 */
export async function invalidateTokens(trx: Knex.Transaction, account: LockedUser): Promise<UserFact> {
  return invalidated(account, await setValidFrom(trx, account));
}

/**
 * Brings back the time from which a user's tokens are valid, where a clock that was ahead has set it: no token would be good until
 * then. Services go by the last event of a user, so that the next token is good everywhere. Call it before a token is issued.
 *
 * @returns the account as it is now, and what is to be told of it
 */
export async function bringBackTokenTime(
  trx: Knex.Transaction,
  account: LockedUser,
): Promise<{ account: LockedUser; facts: UserFact[] }> {
  if (!isSetAhead(account)) return { account, facts: [] };
  const tokensValidFrom = await setValidFrom(trx, account);
  return { account: { ...account, tokensValidFrom }, facts: [invalidated(account, tokensValidFrom)] };
}

function invalidated({ user }: LockedUser, issuedBefore: Date): UserFact {
  return userFact('tokens-invalidated', { userId: user.id, issuedBefore: issuedBefore.toISOString() });
}

/** To now, and past each token that is issued. */
async function setValidFrom(trx: Knex.Transaction, account: LockedUser): Promise<Date> {
  const { id } = account.user;
  const lastIssuedAt = await findLastIssue(trx, id, { until: new Date(Date.now() + ISSUE_AHEAD_MS) });
  const validFrom = new Date(Math.max(issueTimeOf(account).getTime(), (lastIssuedAt?.getTime() ?? 0) + 1));
  await trx.raw('UPDATE users SET tokens_valid_from = ? WHERE id = ?', [validFrom, idBytes(id)]);
  return validFrom;
}

/** Each access token is issued together with a refresh token. */
async function findLastIssue(
  trx: Knex.Transaction,
  userId: string,
  { until }: { until: Date },
): Promise<Date | null | undefined> {
  const row = await queryFirst<{ last_issued_at: Date | null }>(
    trx,
    `SELECT MAX(t.issued_at) AS last_issued_at FROM sessions s JOIN refresh_tokens t ON t.session_id = s.id
      WHERE s.user_id = ? AND t.issued_at <= ?`,
    [idBytes(userId), until],
  );
  return row?.last_issued_at;
}
