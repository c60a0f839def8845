import { type Invariant, markedAmount } from '@florin/invariants';
import { entries, tableById } from '../ledger/index.ts';

export const wallets = tableById('wallets', { column: 'w.id', owner: 'user' });

/** Invariants of wallets and their entries. */
export const walletInvariants: readonly Invariant[] = [
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
    rule: "a wallet's entries are numbered without a gap, each with the balance after it",
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
    check: 'entry-times',
    rule: "a wallet's entries do not go back in time",
    over: entries,
    sql: (range) => `SELECT e.wallet_id AS id,
                 CONCAT('entry ', e.sequence, ' is of ', e.created_at, ', the one before it of ', before_it.created_at) AS detail
            FROM ledger_entries e
            JOIN ledger_entries before_it ON before_it.wallet_id = e.wallet_id AND before_it.sequence = e.sequence - 1
           WHERE ${range} AND e.created_at < before_it.created_at`,
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
    rule: "a wallet's balance and credit limit cover its holds",
    over: wallets,
    sql: (range) => `SELECT w.id,
                 CONCAT('balance ', ${markedAmount('w.balance_minor', 'w.currency')}, ', credit limit ', ${markedAmount('w.credit_limit_minor', 'w.currency')}, ', held ',
                 ${markedAmount('w.held_minor', 'w.currency')}) AS detail
            FROM wallets w
           WHERE ${range} AND (w.balance_minor + w.credit_limit_minor - w.held_minor < 0 OR w.held_minor < 0)`,
  },
  {
    check: 'limits',
    rule: "a wallet's limits are not negative, and its day's spending is the sum of that day's purchases",
    over: wallets,
    sql: (range) => `SELECT w.id,
                 CONCAT('credit limit ', ${markedAmount('MAX(w.credit_limit_minor)', 'MAX(w.currency)')}, ', spend limit ',
                 ${markedAmount('MAX(w.spend_limit_minor)', 'MAX(w.currency)')}, ', daily limit ',
                 COALESCE(${markedAmount('MAX(w.daily_limit_minor)', 'MAX(w.currency)')}, 'none'), '; spent ',
                 ${markedAmount('MAX(w.spent_minor)', 'MAX(w.currency)')}, ' on ', COALESCE(MAX(w.spent_on), 'no day'),
                 ', the purchases of that day sum to ', ${markedAmount('COALESCE(SUM(p.amount_minor), 0)', 'MAX(w.currency)')}) AS detail
            FROM wallets w LEFT JOIN payments p ON p.wallet_id = w.id AND p.status = 'charged' AND p.decided_on = w.spent_on
                 AND p.decided_sequence >= COALESCE(w.spent_from, 0)
           WHERE ${range}
           GROUP BY w.id
          HAVING MAX(w.spent_minor) <> COALESCE(SUM(p.amount_minor), 0)
              OR LEAST(MAX(w.credit_limit_minor), MAX(w.spend_limit_minor), COALESCE(MAX(w.daily_limit_minor), 0)) < 0`,
  },
];
