import { auditLogTable, type Migration, runStatements } from '@florin/runtime';

export const auditLog: Migration = {
  name: '0002-audit-log',
  up: (db) => runStatements(db, auditLogTable),
};
