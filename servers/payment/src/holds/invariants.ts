import { type Invariant, markedAmount } from '@florin/invariants';
import { tableById } from '../ledger/index.ts';
import { wallets } from '../wallets/index.ts';

const EXPIRY_GRACE_S = 300;

const holds = tableById('holds', { column: 'h.id', owner: 'wallet' });

/** Invariants of holds and their captures. */
export const holdInvariants: readonly Invariant[] = [
  {
    check: 'held-sums',
    rule: 'the held amount of a wallet is the sum of its open holds',
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
    rule: 'a captured hold has one capture from its wallet, of at most its amount; other holds have none',
    over: holds,
    sql: (range) => `SELECT h.id,
                 CONCAT('a ', h.status, ' hold of ', ${markedAmount('h.amount_minor', 'h.currency')}, ' captured ',
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
    rule: 'a hold ends by its expiry time, and does not expire earlier',
    over: holds,
    sql: (range) => `SELECT h.id, CONCAT('a ', h.status, ' hold was to expire at ', h.expires_at, ' and ended at ',
                 COALESCE(h.ended_at, 'no time')) AS detail
            FROM holds h
           WHERE ${range}
             AND ((h.status = 'held' AND h.expires_at < NOW(3) - INTERVAL ${EXPIRY_GRACE_S} SECOND)
                  OR (h.status = 'expired' AND NOT COALESCE(h.ended_at >= h.expires_at, FALSE))
                  OR (h.status = 'held') <> (h.ended_at IS NULL))`,
  },
];
