import type { Knex } from 'knex';
import { idBytes, newId } from './ids.ts';
import { currentRequestId } from './request-context.ts';

export type AuditEntry = {
  /** The user who did it; null for the platform itself, and for a command without a user's id. */
  actorId: string | null;
  /** Name of the person who ran a command; `ranBy` in `after`. */
  actorName?: string;
  /** The action as `<thing>.<verb>`: `user.disable`. */
  action: string;
  /** The id of what it was done to. */
  subject: string;
  /** What changed, as it was and as it is. No secrets, and no more of a person than the change itself. */
  before?: unknown;
  after?: unknown;
  /** The request in which it happened; by default the one that is being worked on. */
  requestId?: string | undefined;
};

/** For a migration of each service. What stands in the log stays as it is. */
export const auditLogTable: readonly string[] = [
  `CREATE TABLE audit_log (
    id BINARY(16) NOT NULL PRIMARY KEY,
    actor_id BINARY(16) NULL,
    action VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    state_before MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    state_after MEDIUMTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    request_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
    KEY audit_log_actor (actor_id, id),
    KEY audit_log_action (action, id),
    KEY audit_log_subject (subject, id)
  ) ENGINE=InnoDB`,
  ...['UPDATE', 'DELETE'].map(
    (change) => `CREATE TRIGGER audit_log_no_${change.toLowerCase()} BEFORE ${change} ON audit_log
      FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only'`,
  ),
];

/** Writes an entry in the transaction of the change: neither is committed without the other. */
export async function appendAuditEntry(trx: Knex.Transaction, entry: AuditEntry): Promise<void> {
  const { actorId, actorName, action, subject, before, after, requestId = currentRequestId() } = entry;
  await trx.raw(
    `INSERT INTO audit_log (id, actor_id, action, subject, state_before, state_after, request_id)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      idBytes(newId()),
      actorId === null ? null : idBytes(actorId),
      action,
      subject,
      jsonOf(before),
      jsonOf(actorName === undefined ? after : { ...(after as object | undefined), ranBy: actorName }),
      requestId ?? null,
    ],
  );
}

function jsonOf(state: unknown): string | null {
  return state === undefined ? null : JSON.stringify(state);
}
