import { AppError, requestErrors } from '@florin/app-response';
import { firstIdAt, newId, query, runTransaction } from '@florin/database';
import { appendAuditEntry, type Logger, type Metrics, recordSecurityEvent } from '@florin/runtime';
import type { Knex } from 'knex';
import { accountErrors } from './errors.ts';
import type { PasswordLimits } from './password-limits.ts';
import type { Attempt } from './read-attempt.ts';

type Parts = { db: Knex; logger: Logger; metrics: Metrics };

/** A lock-out is audited once in this time, so that nobody can fill the audit log with wrong passwords. */
const AUDITED_EVERY_MS = 3_600_000;

/**
 * Records failed and refused password checks as security events, at sign-in and of signed-in users: every check passes the limits.
 * An event names the account, if there is one, but not the e-mail address. Only lock-outs of existing accounts are audited.
 */
export function recordFailures(limits: PasswordLimits, parts: Parts): PasswordLimits {
  return {
    ...limits,
    async attempt(by, check) {
      try {
        return await limits.attempt(by, check);
      } catch (error) {
        if (error instanceof AppError) await recordFailure(parts, by, error);
        throw error;
      }
    },
  };
}

async function recordFailure(parts: Parts, { userId, purpose }: Attempt, { code }: AppError): Promise<void> {
  if (code === accountErrors.INVALID_CREDENTIALS.code) recordSecurityEvent(parts, `auth.${purpose}.failed`, { userId });
  if (code !== requestErrors.RATE_LIMITED.code) return;
  const action = `auth.${purpose}.locked` as const;
  recordSecurityEvent(parts, action, { userId });
  await auditLockOut(parts.db, action, userId);
}

/** Also queries for an account that does not exist, so that the duration of the answer does not reveal that. */
async function auditLockOut(db: Knex, action: string, subject?: string): Promise<void> {
  const since = firstIdAt(Date.now() - AUDITED_EVERY_MS);
  const sql = 'SELECT id FROM audit_log WHERE subject = ? AND action = ? AND id > ? LIMIT 1';
  const recent = await query(db, sql, [subject ?? newId(), action, since]);
  if (subject === undefined || recent.length > 0) return;
  await runTransaction(db, (trx) => appendAuditEntry(trx, { actorId: null, action, subject }));
}
