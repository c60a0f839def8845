import { auditLogTable, type Migration, rateLimitTable, runStatements } from '@florin/runtime';

export const auditLogAndLimits: Migration = {
  name: '0003-audit-log-and-limits',
  up: (db) => runStatements(db, [...auditLogTable, rateLimitTable]),
};
