import { column, type DatabaseRights, defineTable, insertRows, type Migration, newId } from '@florin/database';
import type { Knex } from 'knex';
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
  /** The id of the request (default: the current request). */
  requestId?: string | undefined;
};

/** The table of audit entries. Services that made it in a migration of their own find it there. What stands in the log never changes. */
export const auditLogMigrations: readonly Migration[] = [
  {
    name: 'audit-log-0001-table',
    up: [
      `CREATE TABLE IF NOT EXISTS audit_log (
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
        (change) => `CREATE TRIGGER IF NOT EXISTS audit_log_no_${change.toLowerCase()} BEFORE ${change} ON audit_log
          FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit_log is append-only'`,
      ),
    ],
  },
];

/** An entry is written once, and read. */
export const auditLogRights: DatabaseRights = {
  tables: { audit_log: ['INSERT'] },
  triggers: ['audit_log_no_update', 'audit_log_no_delete'],
};

export const auditLogTable = defineTable('audit_log', {
  id: column.id(),
  actorId: column.id().orNull(),
  action: column.text('varchar(64)'),
  subject: column.text('varchar(100)'),
  stateBefore: column.text('mediumtext').orNull(),
  stateAfter: column.text('mediumtext').orNull(),
  requestId: column.text('varchar(128)').orNull(),
  createdAt: column.time().byDatabase(),
});

/** Writes an entry in the transaction of the change: neither is committed without the other. */
export async function appendAuditEntry(trx: Knex.Transaction, entry: AuditEntry): Promise<void> {
  const { actorId, actorName, action, subject, before, after, requestId = currentRequestId() } = entry;
  const now = actorName === undefined ? after : { ...(after as object | undefined), ranBy: actorName };
  const states = { stateBefore: jsonOf(before), stateAfter: jsonOf(now) };
  await insertRows(trx, auditLogTable, [{ id: newId(), actorId, action, subject, ...states, requestId: requestId ?? null }]);
}

/** Returns NULL for undefined. A state of null becomes the JSON text. */
function jsonOf(state: unknown): string | null {
  return state === undefined ? null : JSON.stringify(state);
}
