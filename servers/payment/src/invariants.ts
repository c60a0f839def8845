import { type Invariant, markedAmount } from '@florin/invariants';
import { adjustmentInvariants } from './adjustments/index.ts';
import { holdInvariants } from './holds/index.ts';
import { ledgerInvariants, snapshotInvariant, transfers } from './ledger/index.ts';
import { paymentInvariants } from './payments/index.ts';
import { topUpInvariants } from './top-ups/index.ts';
import { walletInvariants } from './wallets/index.ts';

const sourceTransfers: Invariant = {
  check: 'source-transfers',
  rule: 'the transfer of a hold, top-up, adjustment or partial refund is the one that it names',
  over: transfers,
  sql: (range) => `SELECT t.id,
                 CONCAT('a ', t.type, ' of ', ${markedAmount('t.amount_minor', 't.currency')}, ' that nothing names') AS detail
          FROM transfers t
          LEFT JOIN holds h ON t.type = 'capture' AND h.id = t.source_id AND h.capture_transfer_id = t.id
          LEFT JOIN top_ups u ON t.type = 'top-up' AND u.id = t.source_id AND u.transfer_id = t.id
          LEFT JOIN adjustments a ON t.type = 'adjustment' AND a.id = t.source_id AND a.transfer_id = t.id
          LEFT JOIN refunds r ON t.type = 'partial-refund' AND r.id = t.source_id AND r.transfer_id = t.id
         WHERE ${range} AND t.type IN ('capture', 'top-up', 'adjustment', 'partial-refund')
           AND h.id IS NULL AND u.id IS NULL AND a.id IS NULL AND r.id IS NULL`,
};

/** Invariants of tables of several features. */
export const spanningInvariants: readonly Invariant[] = [sourceTransfers];

/** The invariants that the audit checks: those of each feature, and one that spans three of them. */
export const invariants: readonly Invariant[] = [
  ...ledgerInvariants,
  ...walletInvariants,
  ...paymentInvariants,
  ...holdInvariants,
  ...topUpInvariants,
  ...adjustmentInvariants,
  ...spanningInvariants,
  snapshotInvariant,
];

export { ledgerSum } from './ledger/index.ts';
