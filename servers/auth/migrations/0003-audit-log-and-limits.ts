import { rateLimitTable } from '@florin/http';
import { auditLogTable, type Migration, runStatements } from '@florin/runtime';

export const auditLogAndLimits: Migration = {
  name: '0003-audit-log-and-limits',
  up: (db) => runStatements(db, [...auditLogTable, rateLimitTable]),
};
