import { type Invariant, markedAmount } from '@florin/invariants';

const purchases = { table: 'purchases', key: 'id', column: 'p.id', things: 'purchases' };
const claims = { table: 'claims', key: 'id', column: 'c.id', things: 'claims' };

/** The invariants of claims and partial refunds. */
export const claimInvariants: readonly Invariant[] = [
  {
    check: 'claimed-units',
    rule: 'open and approved claims of a purchase have at most the units that were bought',
    over: purchases,
    sql: (range) => `SELECT p.id,
                 CONCAT(SUM(ci.quantity), ' of product ', LOWER(HEX(ci.product_id)), ' claimed, ', COALESCE(MAX(i.quantity), 0), ' bought') AS detail
            FROM purchases p
            JOIN claims c ON c.purchase_id = p.id AND c.status IN ('open', 'awaiting-return', 'approved')
            JOIN claim_items ci ON ci.claim_id = c.id
            LEFT JOIN purchase_items i ON i.purchase_id = p.id AND i.product_id = ci.product_id
           WHERE ${range}
           GROUP BY p.id, ci.product_id
          HAVING SUM(ci.quantity) > COALESCE(MAX(i.quantity), 0)`,
  },
  {
    check: 'claim-returns',
    rule: 'an approved claim with restock has returned each of its units once, and other claims have returned none',
    over: claims,
    sql: (range) => `SELECT c.id,
                 CONCAT(MAX(c.status), ': ', MAX(ci.quantity), ' of product ', LOWER(HEX(ci.product_id)), ' claimed, ', COUNT(m.id),
                   ' returns move ', COALESCE(SUM(m.delta), 0)) AS detail
            FROM claims c JOIN claim_items ci ON ci.claim_id = c.id
            LEFT JOIN stock_movement_details d ON d.source_id = c.id AND d.product_id = ci.product_id
            LEFT JOIN stock_movements m ON m.id = d.movement_id AND m.product_id = ci.product_id
           WHERE ${range}
           GROUP BY c.id, ci.product_id
          HAVING COUNT(m.id) <> IF(MAX(c.status) = 'approved' AND MAX(c.restock) = 1, 1, 0) OR SUM(m.delta) <> MAX(ci.quantity)`,
  },
  {
    check: 'claim-refunds',
    rule: 'an approved claim has one refund of its amount, if that is not 0, and other claims have none',
    over: claims,
    sql: (range) => `SELECT c.id,
                 CONCAT(c.status, ' claim with a refund of ', COALESCE(${markedAmount('c.refund_minor', 'p.currency')}, 'nothing'), ' has ',
                   COALESCE(${markedAmount('r.amount_minor', 'r.currency')}, 'none')) AS detail
            FROM claims c JOIN purchases p ON p.id = c.purchase_id LEFT JOIN refunds r ON r.claim_id = c.id
           WHERE ${range}
             AND NOT (COALESCE(r.amount_minor, 0) = IF(c.status = 'approved', c.refund_minor, 0)
                  AND (r.id IS NULL OR r.purchase_id = c.purchase_id AND r.user_id = c.user_id AND r.currency = p.currency))`,
  },
  {
    check: 'refund-caps',
    rule: "a purchase's refunds and approved returns are at most its total",
    over: purchases,
    sql: (range) => `SELECT sums.id, CONCAT('total ', ${markedAmount('sums.total_minor', 'sums.currency')}, ', refunds ',
                   ${markedAmount('sums.refunds_minor', 'sums.currency')}, ', approved returns ', ${markedAmount('sums.returns_minor', 'sums.currency')}) AS detail
            FROM (SELECT p.id, p.total_minor, p.currency,
                         COALESCE((SELECT SUM(r.amount_minor) FROM refunds r WHERE r.purchase_id = p.id AND r.status <> 'rejected'), 0) AS refunds_minor,
                         COALESCE((SELECT SUM(c.refund_minor) FROM claims c WHERE c.purchase_id = p.id AND c.status = 'awaiting-return'), 0) AS returns_minor
                    FROM purchases p WHERE ${range}) AS sums
           WHERE sums.refunds_minor + sums.returns_minor > sums.total_minor`,
  },
  {
    check: 'refunded-totals',
    rule: "a purchase's refunded total is the sum of its refunds that are done, unless a cancel refunded the rest",
    over: purchases,
    sql: (
      range,
    ) => `SELECT sums.id, CONCAT(sums.status, ' purchase of ', ${markedAmount('sums.total_minor', 'sums.currency')}, ' has refunded ',
                   ${markedAmount('sums.refunded_minor', 'sums.currency')}, ', its refunds are ', ${markedAmount('sums.done_minor', 'sums.currency')}) AS detail
            FROM (SELECT p.id, p.status, p.total_minor, p.refunded_minor, p.currency,
                         COALESCE((SELECT SUM(r.amount_minor) FROM refunds r WHERE r.purchase_id = p.id AND r.status = 'done'), 0) AS done_minor
                    FROM purchases p WHERE ${range}) AS sums
           WHERE sums.refunded_minor > sums.total_minor
              OR (sums.refunded_minor <> sums.done_minor AND NOT (sums.status = 'cancelled' AND sums.refunded_minor = sums.total_minor))`,
  },
];
