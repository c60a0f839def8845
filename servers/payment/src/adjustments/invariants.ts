import { type Invariant, markedAmount } from '@florin/invariants';
import { tableById } from '../ledger/index.ts';

const adjustments = tableById('adjustments', { column: 'a.id', owner: 'wallet' });
const reviews = tableById('adjustment_reviews', { column: 'r.id', owner: 'wallet' });

/** Invariants of adjustments and their transfers. */
export const adjustmentInvariants: readonly Invariant[] = [
  {
    check: 'adjustments',
    rule: 'an adjustment moved its amount and recorded the balance after it',
    over: adjustments,
    sql: (range) => `SELECT a.id,
                 CONCAT('an adjustment of ', ${markedAmount('a.amount_minor', 'a.currency')}, ' to ', ${markedAmount('a.balance_after_minor', 'a.currency')}, ' has ',
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
    check: 'adjustment-reviews',
    rule: 'an approved review has the adjustment that it describes, and no other review has one',
    over: reviews,
    sql: (range) => `SELECT r.id,
                 CONCAT('a review of ', ${markedAmount('r.amount_minor', 'r.currency')}, ' is ', r.status, ' and has ',
                 COALESCE(CONCAT('an adjustment of ', ${markedAmount('a.amount_minor', 'a.currency')}), 'no adjustment')) AS detail
            FROM adjustment_reviews r
            LEFT JOIN adjustments a ON a.id = r.id
           WHERE ${range}
             AND NOT IF(r.status = 'approved', COALESCE(a.wallet_id = r.wallet_id AND a.amount_minor = r.amount_minor
                  AND a.currency = r.currency AND a.adjusted_by = r.requested_by, FALSE), a.id IS NULL)`,
  },
];
