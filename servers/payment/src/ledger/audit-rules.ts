import { markedAmount } from './amounts-in-details.ts';
import { sourceRules } from './audit-source-rules.ts';
import { type AuditRule, entries, payments, transfers, wallets } from './audited-tables.ts';

/**
 * What must hold for every row. Each is one pass along an index: nothing is sorted or kept, in the database neither. A range of
 * `TRUE` goes through all of it; pages of it do so in short statements.
 */
export const auditRules: readonly AuditRule[] = [
  {
    check: 'transfer-sums',
    rule: "a transfer's entries sum to zero and move its amount",
    over: transfers,
    sql: (range) => `SELECT t.id,
                 CONCAT('transfer of ', ${markedAmount('MAX(t.amount_minor)', 'MAX(t.currency)')}, ', entries sum to ',
                 ${markedAmount('COALESCE(SUM(e.amount_minor), 0)', 'MAX(t.currency)')}, ' and move ',
                 ${markedAmount('COALESCE(SUM(GREATEST(e.amount_minor, 0)), 0)', 'MAX(t.currency)')}) AS detail
            FROM transfers t LEFT JOIN ledger_entries e ON e.transfer_id = t.id
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
    check: 'entry-wallets',
    rule: 'a wallet entry belongs to a wallet of its currency',
    over: entries,
    sql: (range) => `SELECT e.transfer_id AS id,
                 CONCAT('line ', e.line, ' is in ', e.currency, ', its wallet in ', COALESCE(w.currency, 'none')) AS detail
            FROM ledger_entries e LEFT JOIN wallets w ON w.id = e.wallet_id
           WHERE ${range} AND e.account = 'wallet' AND (w.id IS NULL OR w.currency <> e.currency)`,
  },
  {
    check: 'entry-sequences',
    rule: "a wallet's entries follow one another without a gap, each with the balance after it",
    over: entries,
    sql: (range) => `SELECT e.wallet_id AS id,
                 CONCAT('entry ', e.sequence, ' of ', ${markedAmount('e.amount_minor', 'e.currency')}, ' leaves ',
                 ${markedAmount('e.balance_after_minor', 'e.currency')}, ', the one before it left ',
                 COALESCE(${markedAmount('before_it.balance_after_minor', 'before_it.currency')}, 'nothing')) AS detail
            FROM ledger_entries e
            LEFT JOIN ledger_entries before_it ON before_it.wallet_id = e.wallet_id AND before_it.sequence = e.sequence - 1
           WHERE ${range} AND e.wallet_id IS NOT NULL
             AND (e.balance_after_minor <> COALESCE(before_it.balance_after_minor, 0) + e.amount_minor
                  OR (before_it.transfer_id IS NULL AND e.sequence <> 1))`,
  },
  {
    check: 'wallet-balances',
    rule: "a wallet's balance is the sum of its entries, and the balance after the last of them",
    over: wallets,
    sql: (range) => `SELECT w.id,
                 CONCAT('balance ', ${markedAmount('MAX(w.balance_minor)', 'MAX(w.currency)')}, ' after entry ', MAX(w.entry_sequence), '; ',
                 COUNT(e.transfer_id), ' entries sum to ', ${markedAmount('COALESCE(SUM(e.amount_minor), 0)', 'MAX(w.currency)')}, ', the last is ',
                 COALESCE(MAX(e.sequence), 0), ' and leaves ',
                 COALESCE(${markedAmount('MAX(IF(e.sequence = w.entry_sequence, e.balance_after_minor, NULL))', 'MAX(w.currency)')}, 'nothing')) AS detail
            FROM wallets w LEFT JOIN ledger_entries e ON e.wallet_id = w.id
           WHERE ${range}
           GROUP BY w.id
          HAVING MAX(w.balance_minor) <> COALESCE(SUM(e.amount_minor), 0)
              OR MAX(w.balance_minor) <> COALESCE(MAX(IF(e.sequence = w.entry_sequence, e.balance_after_minor, NULL)), 0)
              OR MAX(w.entry_sequence) <> COALESCE(MAX(e.sequence), 0)
              OR MAX(w.entry_sequence) <> COUNT(e.transfer_id)`,
  },
  {
    check: 'wallet-cover',
    rule: 'a wallet covers what it owes and holds',
    over: wallets,
    sql: (range) => `SELECT w.id,
                 CONCAT('balance ', ${markedAmount('w.balance_minor', 'w.currency')}, ', credit limit ', ${markedAmount('w.credit_limit_minor', 'w.currency')}, ', held ',
                 ${markedAmount('w.held_minor', 'w.currency')}) AS detail
            FROM wallets w
           WHERE ${range} AND (w.balance_minor + w.credit_limit_minor - w.held_minor < 0 OR w.held_minor < 0)`,
  },
  {
    check: 'charges',
    rule: 'a charged or refunded payment has its charge, of its amount, from its own wallet',
    over: payments,
    sql: (range) => `SELECT p.id, CONCAT(p.status, ' payment of ', ${markedAmount('p.amount_minor', 'p.currency')}, ' has ',
                 COALESCE(CONCAT('a ', t.type, ' of ', ${markedAmount('t.amount_minor', 't.currency')}), 'no transfer')) AS detail
            FROM payments p
            LEFT JOIN transfers t ON t.id = p.charge_transfer_id
            LEFT JOIN wallets w ON w.id = p.wallet_id
            LEFT JOIN ledger_entries e ON e.transfer_id = t.id AND e.wallet_id = p.wallet_id
           WHERE ${range} AND p.status IN ('charged', 'refunded')
             AND NOT (COALESCE(t.type = 'purchase' AND t.purchase_id = p.purchase_id AND t.amount_minor = p.amount_minor
                  AND t.currency = p.currency AND w.user_id = p.user_id AND COALESCE(e.amount_minor, 0) = -p.amount_minor, FALSE))`,
  },
  {
    check: 'refunds',
    rule: 'a refunded payment has its refund, which reverses its charge to the same wallet',
    over: payments,
    sql: (range) => `SELECT p.id, CONCAT('refunded payment of ', ${markedAmount('p.amount_minor', 'p.currency')}, ' has ',
                 COALESCE(CONCAT('a ', t.type, ' of ', ${markedAmount('t.amount_minor', 't.currency')}), 'no refund')) AS detail
            FROM payments p
            LEFT JOIN transfers t ON t.id = p.refund_transfer_id
            LEFT JOIN ledger_entries e ON e.transfer_id = t.id AND e.wallet_id = p.wallet_id
           WHERE ${range} AND p.status = 'refunded'
             AND NOT (COALESCE(t.type = 'refund' AND t.purchase_id = p.purchase_id AND t.reverses_transfer_id = p.charge_transfer_id
                  AND t.amount_minor = p.amount_minor AND t.currency = p.currency AND COALESCE(e.amount_minor, 0) = p.amount_minor, FALSE))`,
  },
  {
    check: 'payment-transfers',
    rule: "a purchase's charge and refund are the ones its payment names",
    over: transfers,
    sql: (range) => `SELECT t.id,
                 CONCAT('a ', t.type, ' of ', ${markedAmount('t.amount_minor', 't.currency')}, ', while the payment is ', COALESCE(p.status, 'missing')) AS detail
            FROM transfers t LEFT JOIN payments p ON p.purchase_id = t.purchase_id
           WHERE ${range} AND t.type IN ('purchase', 'refund')
             AND NOT (COALESCE(t.id = IF(t.type = 'purchase', p.charge_transfer_id, p.refund_transfer_id), FALSE))`,
  },
  {
    check: 'decisions',
    rule: 'a purchase has one decision',
    over: {
      table: 'payments',
      key: 'purchase_id',
      column: 'p.purchase_id',
      ofUser: {
        owner: 'user',
        keys: 'SELECT purchase_id AS k, id AS c FROM payments WHERE user_id = ? AND id > ? ORDER BY id LIMIT ?',
        first: Buffer.alloc(0),
      },
    },
    sql: (range) => `SELECT p.purchase_id AS id, CONCAT(COUNT(*), ' payments of one purchase: ', GROUP_CONCAT(p.status)) AS detail
            FROM payments p
           WHERE ${range}
           GROUP BY p.purchase_id
          HAVING COUNT(*) > 1`,
  },
  ...sourceRules,
];
