import { type Invariant, markedAmount } from '@florin/invariants';

const purchases = { table: 'purchases', key: 'id', column: 'p.id', things: 'purchases' };

/** The invariants of purchases, their stock movements and their timelines. */
export const purchaseInvariants: readonly Invariant[] = [
  {
    check: 'sales',
    rule: 'each item of a purchase has exactly one sale in the stock movements',
    over: purchases,
    sql: (range) => `SELECT p.id,
                 CONCAT(MAX(i.quantity), ' of product ', LOWER(HEX(MAX(i.product_id))), ' bought, ', COUNT(m.id), ' sales move ',
                   COALESCE(SUM(m.delta), 0)) AS detail
            FROM purchases p JOIN purchase_items i ON i.purchase_id = p.id
            LEFT JOIN stock_movements m ON m.purchase_id = p.id AND m.product_id = i.product_id AND m.reason = 'sale'
           WHERE ${range}
           GROUP BY p.id, i.position
          HAVING COUNT(m.id) <> 1 OR -SUM(m.delta) <> MAX(i.quantity)`,
  },
  {
    check: 'returns',
    rule: 'each item of a declined or cancelled purchase has exactly one return, and other items have none',
    over: purchases,
    sql: (range) => `SELECT p.id,
                 CONCAT(MAX(p.status), ': ', MAX(i.quantity), ' of product ', LOWER(HEX(MAX(i.product_id))), ' bought, ', COUNT(m.id),
                   ' returns move ', COALESCE(SUM(m.delta), 0)) AS detail
            FROM purchases p JOIN purchase_items i ON i.purchase_id = p.id
            LEFT JOIN stock_movements m ON m.purchase_id = p.id AND m.product_id = i.product_id AND m.reason = 'return'
           WHERE ${range}
           GROUP BY p.id, i.position
          HAVING COUNT(m.id) <> IF(MAX(p.status) IN ('declined', 'cancelled'), 1, 0) OR SUM(m.delta) <> MAX(i.quantity)`,
  },
  {
    check: 'movement-items',
    rule: 'each sale or return belongs to an item of its purchase',
    over: { table: 'stock_movements', key: 'purchase_id', column: 'm.purchase_id' },
    sql: (range) => `SELECT m.id,
                 CONCAT(m.reason, ' of ', m.delta, ' for purchase ', LOWER(HEX(m.purchase_id)), ', which has no such item') AS detail
            FROM stock_movements m
            LEFT JOIN purchase_items i ON i.purchase_id = m.purchase_id AND i.product_id = m.product_id
           WHERE ${range} AND i.purchase_id IS NULL`,
  },
  {
    check: 'purchase-totals',
    rule: "a purchase's total is its items less their discounts, plus delivery",
    over: purchases,
    sql: (range) => `SELECT p.id,
                 CONCAT('total ', ${markedAmount('MAX(p.total_minor)', 'MAX(p.currency)')}, ', ', COUNT(i.position), ' items cost ',
                   ${markedAmount('COALESCE(SUM(CAST(i.quantity AS DECIMAL(20)) * i.unit_price_minor), 0)', 'MAX(p.currency)')},
                   ', subtotal ', ${markedAmount('COALESCE(MAX(p.subtotal_minor), MAX(p.total_minor))', 'MAX(p.currency)')},
                   ', discount ', ${markedAmount('MAX(p.discount_minor)', 'MAX(p.currency)')},
                   ' and ', ${markedAmount('COALESCE(SUM(i.discount_minor), 0)', 'MAX(p.currency)')}, ' of the items',
                   ', delivery ', ${markedAmount('MAX(p.delivery_minor)', 'MAX(p.currency)')}) AS detail
            FROM purchases p LEFT JOIN purchase_items i ON i.purchase_id = p.id
           WHERE ${range}
           GROUP BY p.id
          HAVING COUNT(i.position) = 0
              OR SUM(CAST(i.quantity AS DECIMAL(20)) * i.unit_price_minor) <> COALESCE(MAX(p.subtotal_minor), MAX(p.total_minor))
              OR SUM(i.discount_minor) <> MAX(p.discount_minor)
              OR SUM(CAST(i.quantity AS DECIMAL(20)) * i.unit_price_minor) - MAX(p.discount_minor) + MAX(p.delivery_minor)
                 <> MAX(p.total_minor)
              OR MIN(CAST(i.quantity AS DECIMAL(20)) * i.unit_price_minor - i.discount_minor) < 0
              OR MIN(i.discount_minor) < 0 OR MAX(p.delivery_minor) < 0`,
  },
  {
    check: 'timelines',
    rule: "a purchase's timeline has the events of its status",
    over: purchases,
    sql: (
      range,
    ) => `SELECT p.id, CONCAT(MAX(p.status), ', refund ', MAX(p.refund), ': ', COALESCE(GROUP_CONCAT(t.type ORDER BY t.id), 'nothing')) AS detail
            FROM purchases p LEFT JOIN purchase_timeline t ON t.purchase_id = p.id
           WHERE ${range}
           GROUP BY p.id
          HAVING ${counted('purchase-requested')} = 0
              OR (MAX(p.status) IN ('paid', 'shipped', 'delivered') AND ${counted('purchase-paid')} = 0)
              OR (MAX(p.status) = 'declined' AND ${counted('purchase-declined')} = 0)
              OR (MAX(p.status) IN ('shipped', 'delivered') AND ${counted('purchase-shipped')} = 0)
              OR (MAX(p.status) = 'delivered' AND ${counted('purchase-delivered')} = 0)
              OR (MAX(p.status) = 'cancelled') <> (${counted('purchase-cancelled')} > 0)
              OR (MAX(p.status) = 'cancelled' AND MAX(p.refund) <> 'pending' AND ${counted('purchase-refunded')} = 0)`,
  },
];

function counted(type: string): string {
  return `COALESCE(SUM(t.type = '${type}'), 0)`;
}
