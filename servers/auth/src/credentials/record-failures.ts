import { AppError, requestErrors } from '@florin/app-response';
import { firstIdAt, idText, query, runTransaction } from '@florin/database';
import { appendAuditEntry, type Logger, type Metrics, recordSecurityEvent } from '@florin/runtime';
import { emailSpellings } from '@florin/values';
import type { Knex } from 'knex';
import { accountErrors } from './errors.ts';
import { firstSpelled } from './first-spelled.ts';
import type { SignedIn } from './signed-in-answer.ts';

type Parts = { db: Knex; logger: Logger; metrics: Metrics };

const LOCKED = 'auth.signin.locked';
/** A lock-out is audited once in this time, so that nobody can fill the audit log with wrong passwords. */
const AUDITED_EVERY_MS = 3_600_000;

/**
 * Records the outcome of a sign-in as a security event. A failure names the account, if there is one, but not the e-mail address.
 * Only lock-outs of existing accounts are audited.
 */
export async function recordSignIn(parts: Parts, email: string, signIn: () => Promise<SignedIn>): Promise<SignedIn> {
  try {
    const signedIn = await signIn();
    const { user, session } = signedIn;
    recordSecurityEvent(parts, 'auth.signin.succeeded', { userId: user.id, sessionId: session.id });
    return signedIn;
  } catch (error) {
    if (error instanceof AppError) await recordFailure(parts, email, error);
    throw error;
  }
}

async function recordFailure(parts: Parts, email: string, { code }: AppError): Promise<void> {
  const isLocked = code === requestErrors.RATE_LIMITED.code;
  if (!isLocked && code !== accountErrors.INVALID_CREDENTIALS.code) return;
  const userId = await findUserId(parts.db, email);
  recordSecurityEvent(parts, isLocked ? LOCKED : 'auth.signin.failed', { userId });
  if (isLocked && userId !== undefined) await auditLockOut(parts.db, userId);
}

async function findUserId(db: Knex, email: string): Promise<string | undefined> {
  const spellings = emailSpellings(email);
  const rows = await query<{ id: Buffer; email: string }>(db, 'SELECT id, email FROM users WHERE email IN (?)', [spellings]);
  const row = firstSpelled(rows, spellings);
  return row && idText(row.id);
}

async function auditLockOut(db: Knex, subject: string): Promise<void> {
  const since = firstIdAt(Date.now() - AUDITED_EVERY_MS);
  const sql = 'SELECT id FROM audit_log WHERE subject = ? AND action = ? AND id > ? LIMIT 1';
  const recent = await query(db, sql, [subject, LOCKED, since]);
  if (recent.length === 0) await runTransaction(db, (trx) => appendAuditEntry(trx, { actorId: null, action: LOCKED, subject }));
}
