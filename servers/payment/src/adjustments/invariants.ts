import { type Invariant, markedAmount } from '@florin/invariants';
import { tableById } from '../ledger/index.ts';

const adjustments = tableById('adjustments', { column: 'a.id', owner: 'wallet' });

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
];
