import type { Invariant } from '@florin/invariants';
import { deliveryStatuses } from './delivery-status.ts';

/** Of the statuses of one rank, the later report counts: they may alternate. */
const countedOnce = deliveryStatuses.filter((status) => status !== 'out-for-delivery' && status !== 'failed');

/** The invariants of deliveries. */
export const fulfilmentInvariants: readonly Invariant[] = [
  {
    check: 'delivery-reports',
    rule: 'a purchase has the status that the reports about its parcel imply',
    over: { table: 'delivery_events', key: 'purchase_id', column: 'e.purchase_id' },
    sql: (
      range,
    ) => `SELECT e.purchase_id AS id, CONCAT(COALESCE(MAX(p.status), 'no purchase'), ': ', GROUP_CONCAT(e.status ORDER BY e.at, e.id)) AS detail
            FROM delivery_events e LEFT JOIN purchases p ON p.id = e.purchase_id
           WHERE ${range} AND e.is_applied = 1
           GROUP BY e.purchase_id
          HAVING COUNT(p.id) = 0
              OR (SUM(e.status = 'delivered') > 0 AND MAX(p.status) <> 'delivered')
              OR (SUM(e.status = 'returned') > 0 AND MAX(p.status) NOT IN ('delivered', 'cancelled'))
              OR (SUM(e.status <> 'packed') > 0 AND MAX(p.status) NOT IN ('shipped', 'delivered', 'cancelled'))`,
  },
  {
    check: 'delivery-ranks',
    rule: 'each status of a parcel counts at most once, except out-for-delivery and failed',
    over: { table: 'delivery_events', key: 'purchase_id', column: 'e.purchase_id' },
    sql: (range) => `SELECT e.purchase_id AS id, CONCAT('applied: ', GROUP_CONCAT(e.status ORDER BY e.at, e.id)) AS detail
            FROM delivery_events e
           WHERE ${range} AND e.is_applied = 1
           GROUP BY e.purchase_id
          HAVING ${countedOnce.map((status) => `SUM(e.status = '${status}') > 1`).join(' OR ')}`,
  },
  {
    check: 'returned-purchases',
    rule: 'a purchase that was cancelled after it was shipped has a parcel that was reported returned',
    over: { table: 'purchases', key: 'id', column: 'p.id' },
    sql: (range) => `SELECT p.id, 'cancelled after it was shipped, and no parcel returned' AS detail
            FROM purchases p
           WHERE ${range} AND p.status = 'cancelled'
             AND EXISTS (SELECT 1 FROM purchase_timeline t WHERE t.purchase_id = p.id AND t.type = 'purchase-shipped')
             AND NOT EXISTS (SELECT 1 FROM delivery_events e
                              WHERE e.purchase_id = p.id AND e.is_applied = 1 AND e.status = 'returned')`,
  },
  {
    check: 'addresses',
    rule: "an address is that of the purchase's buyer, and of nobody who was erased",
    over: { table: 'purchase_addresses', key: 'purchase_id', column: 'a.purchase_id' },
    sql: (
      range,
    ) => `SELECT a.purchase_id AS id, IF(u.user_id IS NULL, 'the address has another owner than the purchase', 'the buyer was erased') AS detail
            FROM purchase_addresses a
            LEFT JOIN purchases p ON p.id = a.purchase_id
            LEFT JOIN erased_users u ON u.user_id = a.user_id
           WHERE ${range} AND (u.user_id IS NOT NULL OR p.user_id IS NULL OR p.user_id <> a.user_id)`,
  },
];
