import { markedAmount } from './amounts-in-details.ts';
import { type AuditRule, adjustments, entries, holds, payments, topUps, transfers, wallets } from './audited-tables.ts';

/** So long a hold may outlive its time before it counts: what releases it looks now and then, and leaves wallets that are busy. */
const EXPIRY_GRACE_S = 300;

const tooDear = '(p.amount_minor > p.decided_spend_limit_minor)';
const tooMuchForADay = '(p.amount_minor > COALESCE(p.decided_daily_limit_minor, 9007199254740991) - p.decided_spent_minor)';
const notCovered = '(p.amount_minor > p.decided_balance_minor + p.decided_credit_limit_minor - p.decided_held_minor)';

/** What must hold of what moves money besides purchases, and of what the wallet counts. */
export const sourceRules: readonly AuditRule[] = [
  {
    check: 'held-sums',
    rule: 'what a wallet holds is the sum of its holds that have not ended',
    over: wallets,
    sql: (range) => `SELECT w.id, CONCAT('held ', ${markedAmount('MAX(w.held_minor)', 'MAX(w.currency)')}, ', its holds sum to ',
                 ${markedAmount('COALESCE(SUM(h.amount_minor), 0)', 'MAX(w.currency)')}) AS detail
            FROM wallets w LEFT JOIN holds h ON h.wallet_id = w.id AND h.status = 'held'
           WHERE ${range}
           GROUP BY w.id
          HAVING MAX(w.held_minor) <> COALESCE(SUM(h.amount_minor), 0)`,
  },
  {
    check: 'captures',
    rule: 'a captured hold has its capture, of no more than it held, from its own wallet; another has none',
    over: holds,
    sql: (
      range,
    ) => `SELECT h.id, CONCAT('a ', h.status, ' hold of ', ${markedAmount('h.amount_minor', 'h.currency')}, ' captured ',
                 ${markedAmount('h.captured_minor', 'h.currency')}, ' and has ',
                 COALESCE(CONCAT('a ', t.type, ' of ', ${markedAmount('t.amount_minor', 't.currency')}), 'no transfer')) AS detail
            FROM holds h
            LEFT JOIN transfers t ON t.id = h.capture_transfer_id
            LEFT JOIN ledger_entries e ON e.transfer_id = t.id AND e.wallet_id = h.wallet_id
           WHERE ${range}
             AND NOT (IF(h.status = 'captured',
                  COALESCE(t.type = 'capture' AND t.source_id = h.id AND t.amount_minor = h.captured_minor AND t.currency = h.currency
                   AND e.amount_minor = -h.captured_minor AND h.captured_minor BETWEEN 1 AND h.amount_minor, FALSE),
                  h.captured_minor = 0 AND h.capture_transfer_id IS NULL))`,
  },
  {
    check: 'hold-ends',
    rule: 'a hold ends when its time is up, and expires no earlier',
    over: holds,
    sql: (range) => `SELECT h.id, CONCAT('a ', h.status, ' hold was to expire at ', h.expires_at, ' and ended at ',
                 COALESCE(h.ended_at, 'no time')) AS detail
            FROM holds h
           WHERE ${range}
             AND ((h.status = 'held' AND h.expires_at < NOW(3) - INTERVAL ${EXPIRY_GRACE_S} SECOND)
                  OR (h.status = 'expired' AND NOT COALESCE(h.ended_at >= h.expires_at, FALSE))
                  OR (h.status = 'held') <> (h.ended_at IS NULL))`,
  },
  {
    check: 'top-ups',
    rule: 'a settled top-up credited its wallet once, by its amount; another did not',
    over: topUps,
    sql: (range) => `SELECT u.id, CONCAT('a ', u.status, ' top-up of ', ${markedAmount('u.amount_minor', 'u.currency')}, ' has ',
                 COALESCE(CONCAT('a ', t.type, ' of ', ${markedAmount('t.amount_minor', 't.currency')}), 'no transfer')) AS detail
            FROM top_ups u
            LEFT JOIN transfers t ON t.id = u.transfer_id
            LEFT JOIN ledger_entries e ON e.transfer_id = t.id AND e.wallet_id = u.wallet_id
           WHERE ${range}
             AND NOT (IF(u.status = 'settled',
                  COALESCE(t.type = 'top-up' AND t.source_id = u.id AND t.amount_minor = u.amount_minor AND t.currency = u.currency
                   AND e.amount_minor = u.amount_minor, FALSE),
                  u.transfer_id IS NULL))`,
  },
  {
    check: 'adjustments',
    rule: 'an adjustment moved its amount, and left the balance that it tells',
    over: adjustments,
    sql: (
      range,
    ) => `SELECT a.id, CONCAT('an adjustment of ', ${markedAmount('a.amount_minor', 'a.currency')}, ' to ', ${markedAmount('a.balance_after_minor', 'a.currency')}, ' has ',
                 COALESCE(CONCAT('an entry of ', ${markedAmount('e.amount_minor', 'e.currency')}, ' to ', ${markedAmount('e.balance_after_minor', 'e.currency')}),
                 'no entry')) AS detail
            FROM adjustments a
            LEFT JOIN transfers t ON t.id = a.transfer_id
            LEFT JOIN ledger_entries e ON e.transfer_id = t.id AND e.wallet_id = a.wallet_id
           WHERE ${range}
             AND NOT (COALESCE(t.type = 'adjustment' AND t.source_id = a.id AND t.currency = a.currency
                  AND e.amount_minor = a.amount_minor AND e.balance_after_minor = a.balance_after_minor, FALSE))`,
  },
  {
    check: 'source-transfers',
    rule: 'a capture, top-up or adjustment is the one that its hold, top-up or adjustment names',
    over: transfers,
    sql: (
      range,
    ) => `SELECT t.id, CONCAT('a ', t.type, ' of ', ${markedAmount('t.amount_minor', 't.currency')}, ' that nothing names') AS detail
            FROM transfers t
            LEFT JOIN holds h ON t.type = 'capture' AND h.id = t.source_id AND h.capture_transfer_id = t.id
            LEFT JOIN top_ups u ON t.type = 'top-up' AND u.id = t.source_id AND u.transfer_id = t.id
            LEFT JOIN adjustments a ON t.type = 'adjustment' AND a.id = t.source_id AND a.transfer_id = t.id
           WHERE ${range} AND t.type IN ('capture', 'top-up', 'adjustment')
             AND h.id IS NULL AND u.id IS NULL AND a.id IS NULL`,
  },
  {
    check: 'limits',
    rule: "a wallet's limits are 0 or more, and it counts what the day's purchases cost",
    over: wallets,
    sql: (
      range,
    ) => `SELECT w.id, CONCAT('credit limit ', ${markedAmount('MAX(w.credit_limit_minor)', 'MAX(w.currency)')}, ', spend limit ',
                 ${markedAmount('MAX(w.spend_limit_minor)', 'MAX(w.currency)')}, ', daily limit ',
                 COALESCE(${markedAmount('MAX(w.daily_limit_minor)', 'MAX(w.currency)')}, 'none'), '; spent ',
                 ${markedAmount('MAX(w.spent_minor)', 'MAX(w.currency)')}, ' on ', COALESCE(MAX(w.spent_on), 'no day'),
                 ', its purchases of then cost ', ${markedAmount('COALESCE(SUM(p.amount_minor), 0)', 'MAX(w.currency)')}) AS detail
            FROM wallets w LEFT JOIN payments p ON p.wallet_id = w.id AND p.status = 'charged' AND p.decided_on = w.spent_on
                 AND p.decided_sequence >= COALESCE(w.spent_from, 0)
           WHERE ${range}
           GROUP BY w.id
          HAVING MAX(w.spent_minor) <> COALESCE(SUM(p.amount_minor), 0)
              OR LEAST(MAX(w.credit_limit_minor), MAX(w.spend_limit_minor), COALESCE(MAX(w.daily_limit_minor), 0)) < 0`,
  },
  {
    check: 'decision-facts',
    rule: 'a decision follows from the facts that were kept with it, and they are those of the ledger',
    over: payments,
    sql: (
      range,
    ) => `SELECT p.id, CONCAT(p.status, COALESCE(CONCAT(' for ', p.decline_reason), ''), ': ', ${markedAmount('p.amount_minor', 'p.currency')},
                 ' of balance ', ${markedAmount('p.decided_balance_minor', 'COALESCE(w.currency, p.currency)')}, ', credit limit ', ${markedAmount('p.decided_credit_limit_minor', 'COALESCE(w.currency, p.currency)')},
                 ', held ', ${markedAmount('p.decided_held_minor', 'COALESCE(w.currency, p.currency)')}, ', spend limit ', ${markedAmount('p.decided_spend_limit_minor', 'COALESCE(w.currency, p.currency)')},
                 ', daily limit ', COALESCE(${markedAmount('p.decided_daily_limit_minor', 'COALESCE(w.currency, p.currency)')}, 'none'), ', spent ', ${markedAmount('p.decided_spent_minor', 'COALESCE(w.currency, p.currency)')},
                 ' after entry ', p.decided_sequence, ', which left ',
                 COALESCE(${markedAmount('before_it.balance_after_minor', 'before_it.currency')}, 'nothing')) AS detail
            FROM payments p
            LEFT JOIN wallets w ON w.id = p.wallet_id
            LEFT JOIN ledger_entries before_it ON before_it.wallet_id = p.wallet_id AND before_it.sequence = p.decided_sequence
            LEFT JOIN ledger_entries charge ON charge.transfer_id = p.charge_transfer_id AND charge.wallet_id = p.wallet_id
           WHERE ${range} AND p.decided_sequence IS NOT NULL
             AND (p.decided_balance_minor <> COALESCE(before_it.balance_after_minor, 0)
                  OR (before_it.transfer_id IS NULL AND p.decided_sequence <> 0)
                  OR (p.amount_minor > 0 AND charge.sequence <> p.decided_sequence + 1)
                  OR (p.status IN ('charged', 'refunded') AND (${tooDear} OR ${tooMuchForADay} OR ${notCovered}))
                  OR (p.decline_reason = 'SPEND_LIMIT_EXCEEDED' AND NOT ${tooDear})
                  OR (p.decline_reason = 'DAILY_LIMIT_EXCEEDED' AND (${tooDear} OR NOT ${tooMuchForADay}))
                  OR (p.decline_reason = 'INSUFFICIENT_FUNDS' AND (${tooDear} OR ${tooMuchForADay} OR NOT ${notCovered})))`,
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
];
