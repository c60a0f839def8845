import { type Invariant, markedAmount } from '@florin/invariants';
import { tableById, transfers } from '../ledger/index.ts';
import { rules } from './rules.ts';

const payments = tableById('payments', { column: 'p.id', owner: 'user' });
const refunds = tableById('refunds', { column: 'r.id', owner: 'user' });

const decided = (fact: string) => markedAmount(`p.decided_${fact}_minor`, 'COALESCE(w.currency, p.currency)');

/** A charge breaks no rule; a decline breaks the rule that it names and none before it. */
const contradictsRules = `(p.status IN ('charged', 'refunded') AND ${anyOf(rules.map(({ brokenSql }) => brokenSql))} OR ${rules
  .map(({ reason, brokenSql }, index) => {
    const earlier = rules.slice(0, index).map((rule) => rule.brokenSql);
    return `p.decline_reason = '${reason}' AND ${anyOf([...earlier, brokenSql && `NOT (${brokenSql})`])}`;
  })
  .join(' OR ')})`;

function anyOf(conditions: readonly (string | null)[]): string {
  return `(${conditions.filter((sql) => sql !== null).join(' OR ') || 'FALSE'})`;
}

/** Invariants of payments and their transfers. */
export const paymentInvariants: readonly Invariant[] = [
  {
    check: 'charges',
    rule: 'a charged or refunded payment has one charge of its amount from its wallet',
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
    rule: 'a refunded payment has one refund, which reverses its charge to the same wallet, without what was refunded before',
    over: payments,
    sql: (range) => `SELECT p.id, CONCAT('refunded payment of ', ${markedAmount('p.amount_minor', 'p.currency')}, ', of which ',
                 ${markedAmount('p.partly_refunded_minor', 'p.currency')}, ' was refunded before, has ',
                 COALESCE(CONCAT('a ', t.type, ' of ', ${markedAmount('t.amount_minor', 't.currency')}), 'no refund')) AS detail
            FROM payments p
            LEFT JOIN transfers t ON t.id = p.refund_transfer_id
            LEFT JOIN ledger_entries e ON e.transfer_id = t.id AND e.wallet_id = p.wallet_id
           WHERE ${range} AND p.status = 'refunded'
             AND NOT (COALESCE(t.type = 'refund' AND t.purchase_id = p.purchase_id AND t.reverses_transfer_id = p.charge_transfer_id
                  AND t.amount_minor = p.amount_minor - p.partly_refunded_minor AND t.currency = p.currency
                  AND COALESCE(e.amount_minor, 0) = p.amount_minor - p.partly_refunded_minor, FALSE))`,
  },
  {
    check: 'partial-refunds',
    rule: "a payment's partial refunds are those that were posted for it, and at most its charge",
    over: payments,
    sql: (range) => `SELECT p.id,
                 CONCAT(MAX(p.status), ' payment of ', ${markedAmount('MAX(p.amount_minor)', 'MAX(p.currency)')}, ' has ',
                 ${markedAmount('MAX(p.partly_refunded_minor)', 'MAX(p.currency)')}, ' refunded in parts; ', COUNT(r.id), ' posted refunds sum to ',
                 ${markedAmount('COALESCE(SUM(r.amount_minor), 0)', 'MAX(p.currency)')}) AS detail
            FROM payments p LEFT JOIN refunds r ON r.purchase_id = p.purchase_id AND r.status = 'posted'
           WHERE ${range}
           GROUP BY p.id
          HAVING MAX(p.partly_refunded_minor) <> COALESCE(SUM(r.amount_minor), 0)
              OR MAX(p.partly_refunded_minor) > MAX(p.amount_minor)
              OR (MAX(p.partly_refunded_minor) > 0 AND MAX(p.status) NOT IN ('charged', 'refunded'))`,
  },
  {
    check: 'refund-transfers',
    rule: 'a posted refund has one transfer of its amount to the wallet that paid its purchase',
    over: refunds,
    sql: (range) => `SELECT r.id,
                 CONCAT('refund of ', ${markedAmount('r.amount_minor', 'r.currency')}, ' of a ', COALESCE(p.status, 'missing'), ' payment has ',
                 COALESCE(CONCAT('a ', t.type, ' of ', ${markedAmount('t.amount_minor', 't.currency')}), 'no transfer')) AS detail
            FROM refunds r
            LEFT JOIN payments p ON p.purchase_id = r.purchase_id
            LEFT JOIN transfers t ON t.id = r.transfer_id
            LEFT JOIN ledger_entries e ON e.transfer_id = t.id AND e.wallet_id = p.wallet_id
           WHERE ${range} AND r.status = 'posted'
             AND NOT (COALESCE(t.type = 'partial-refund' AND t.source_id = r.id AND t.amount_minor = r.amount_minor AND t.currency = r.currency
                  AND p.user_id = r.user_id AND p.currency = r.currency AND e.amount_minor = r.amount_minor, FALSE))`,
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
  {
    check: 'decision-facts',
    rule: 'a decision follows from its stored facts, and these match the ledger',
    over: payments,
    sql: (range) => `SELECT p.id,
                 CONCAT(p.status, COALESCE(CONCAT(' for ', p.decline_reason), ''), ': ', ${markedAmount('p.amount_minor', 'p.currency')},
                 ' of balance ', ${decided('balance')}, ', credit limit ', ${decided('credit_limit')}, ', held ', ${decided('held')},
                 ', spend limit ', ${decided('spend_limit')}, ', daily limit ', COALESCE(${decided('daily_limit')}, 'none'),
                 ', spent ', ${decided('spent')}, ' after entry ', p.decided_sequence, ', which left ',
                 COALESCE(${markedAmount('before_it.balance_after_minor', 'before_it.currency')}, 'nothing')) AS detail
            FROM payments p
            LEFT JOIN wallets w ON w.id = p.wallet_id
            LEFT JOIN ledger_entries before_it ON before_it.wallet_id = p.wallet_id AND before_it.sequence = p.decided_sequence
            LEFT JOIN ledger_entries charge ON charge.transfer_id = p.charge_transfer_id AND charge.wallet_id = p.wallet_id
           WHERE ${range} AND p.decided_sequence IS NOT NULL
             AND (p.decided_balance_minor <> COALESCE(before_it.balance_after_minor, 0)
                  OR (before_it.transfer_id IS NULL AND p.decided_sequence <> 0)
                  OR (p.amount_minor > 0 AND charge.sequence <> p.decided_sequence + 1)
                  OR ${contradictsRules})`,
  },
];
