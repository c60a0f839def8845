import { idBytes, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import { type UserFact, userFact } from './append-user-events.ts';
import type { LockedUser } from './lock-user.ts';

/**
 * Maximum time that a token may be issued ahead of this instance's clock, so that instances whose clocks differ agree on the
 * order of events. Services allow a minute and reject later times of issue.
 */
const ISSUE_AHEAD_MS = 30_000;

/**
 * Returns the time of issue of a token that is issued now, by the clock of this user's tokens. Call it under the lock of the
 * user's row, so that instances whose clocks differ agree on the order.
 *
 * After tokens became void it returns at least the next whole second. `iat` is in whole seconds, and a verifier of the previous
 * release compares `iat` alone: it then rejects every earlier token, whose `iat` was rounded down, and accepts every later one. A
 * time that a fast clock has set is ignored.
 */
export function issueTimeOf(account: Pick<LockedUser, 'tokensValidFrom'>): Date {
  if (isSetAhead(account)) return new Date();
  const validFromS = Math.ceil((account.tokensValidFrom?.getTime() ?? 0) / 1000);
  return new Date(Math.max(Date.now(), validFromS * 1000));
}

/** The time of issue of a token that follows another one, whose time a fast clock may have set. */
export function issueTimeAfter(issueTime: Date, earlier: Date): Date {
  return isAhead(earlier) ? issueTime : new Date(Math.max(issueTime.getTime(), earlier.getTime() + 1));
}

/** Tells whether a fast clock has set the time from which tokens are valid: no token would be valid until that time. */
function isSetAhead({ tokensValidFrom }: Pick<LockedUser, 'tokensValidFrom'>): boolean {
  return tokensValidFrom !== null && isAhead(tokensValidFrom);
}

function isAhead(time: Date): boolean {
  return time.getTime() > Date.now() + ISSUE_AHEAD_MS;
}

/**
 * Makes void, to the millisecond, all access tokens issued to the user so far. The next one is valid. Tokens issued by a fast
 * clock are left out: services reject them until their time of issue, and including them would reject all other tokens until
 * then.
 */
export async function invalidateTokens(trx: Knex.Transaction, account: LockedUser): Promise<UserFact> {
  return invalidated(account, await setValidFrom(trx, account));
}

/**
 * Resets the time from which a user's tokens are valid if a fast clock has set it: no token would be valid until then. Services
 * apply the last event of a user, so the next token is valid everywhere. Call it before a token is issued.
 *
 * @returns the current account and the facts to append
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

/** Resets it to now, and beyond every issued token. */
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
