import { type OnApplied, runTransaction } from '@florin/database';
import { appendAuditEntry } from './audit-log.ts';
import type { CommandActor } from './command-actor.ts';

/** Writes an audit entry for each migration that runs, by this actor. Migrations that run before there is an audit log have none. */
export function auditMigrations(actor: CommandActor): OnApplied {
  return async (db, name) => {
    if (!(await db.schema.hasTable('audit_log'))) return;
    await runTransaction(db, (trx) => appendAuditEntry(trx, { ...actor, action: 'schema.migrate', subject: name }));
  };
}
