import { type Invariant, markedAmount } from '@florin/invariants';
import { tableById } from '../ledger/index.ts';

const topUps = tableById('top_ups', { column: 'u.id', owner: 'wallet' });

/** Invariants of top-ups and their credits. */
export const topUpInvariants: readonly Invariant[] = [
  {
    check: 'top-ups',
    rule: 'a settled top-up credited its wallet once with its amount; other top-ups did not',
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
];
