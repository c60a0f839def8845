import { type Invariant, markedAmount } from '@florin/invariants';
import { entries, transfers } from './audited-tables.ts';

/** Invariants of transfers and their entries. */
export const ledgerInvariants: readonly Invariant[] = [
  {
    check: 'transfer-sums',
    rule: "a transfer's entries of its currency sum to zero and move its amount",
    over: transfers,
    sql: (range) => `SELECT t.id,
                 CONCAT('transfer of ', ${markedAmount('MAX(t.amount_minor)', 'MAX(t.currency)')}, ', entries sum to ',
                 ${markedAmount('COALESCE(SUM(e.amount_minor), 0)', 'MAX(t.currency)')}, ' and move ',
                 ${markedAmount('COALESCE(SUM(GREATEST(e.amount_minor, 0)), 0)', 'MAX(t.currency)')}) AS detail
            FROM transfers t LEFT JOIN ledger_entries e ON e.transfer_id = t.id AND e.currency = t.currency
           WHERE ${range}
           GROUP BY t.id
          HAVING COALESCE(SUM(e.amount_minor), 0) <> 0
              OR COALESCE(SUM(GREATEST(e.amount_minor, 0)), 0) <> MAX(t.amount_minor)`,
  },
  {
    check: 'entry-transfers',
    rule: 'an entry belongs to a transfer of its currency and type',
    over: entries,
    sql: (range) => `SELECT e.transfer_id AS id,
                 CONCAT('line ', e.line, ' is in ', e.currency, ' of a ', COALESCE(e.type, 'none'), ', its transfer in ',
                 COALESCE(CONCAT(t.currency, ', a ', t.type), 'none')) AS detail
            FROM ledger_entries e LEFT JOIN transfers t ON t.id = e.transfer_id
           WHERE ${range} AND (t.id IS NULL OR t.currency <> e.currency OR NOT (t.type <=> e.type))`,
  },
  {
    check: 'entry-accounts',
    rule: 'an entry belongs to an account that exists',
    over: entries,
    sql: (range) => `SELECT e.transfer_id AS id, CONCAT('line ', e.line, ' is of the unknown account ', e.account) AS detail
            FROM ledger_entries e LEFT JOIN accounts a ON a.name = e.account
           WHERE ${range} AND a.name IS NULL`,
  },
];
