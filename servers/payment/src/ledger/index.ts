export { auditLedger } from './audit-ledger.ts';
export { entries, tableById, transfers } from './audited-tables.ts';
export { snapshotInvariant } from './check-snapshots.ts';
export { ledgerInvariants } from './invariants.ts';
export { ledgerSum } from './ledger-sum.ts';
export { postTransfers } from './post-transfers.ts';
export { readAccounts } from './read-accounts.ts';
export { takeSnapshot } from './take-snapshot.ts';
export { type AccountLeg, type Leg, type Transfer, type TransferType, transferTypes, type WalletLeg } from './transfer.ts';
