export { markedAmount } from './amounts-in-details.ts';
export { auditLedger } from './audit-ledger.ts';
export type { AuditRule } from './audited-tables.ts';
export { checkSnapshots, snapshotRule } from './check-snapshots.ts';
export { readAccounts } from './read-accounts.ts';
export { PAGE_KEYS, type SweptPage, sweepRule } from './sweep-rule.ts';
export { takeSnapshot } from './take-snapshot.ts';
