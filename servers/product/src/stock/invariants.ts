import type { Invariant } from '@florin/invariants';

/** Small pages, because a product may have millions of movements. */
const products = { table: 'products', key: 'id', column: 'p.id', things: 'products', pageKeys: 50 };

/**
 * The invariants of stock and its movements. The order of ids is not the order of movements, because each instance makes ids by its
 * own clock. But each movement starts at a stock at which another ended. The squares of these stocks cancel out along the chain,
 * Σ(after² − before²) = stock², in any order of summation. One changed stock breaks the equation.
 */
export const stockInvariants: readonly Invariant[] = [
  {
    check: 'stock',
    rule: "a product's stock is the sum of its movements, and each movement starts where another ended",
    over: products,
    sql: (range) => `SELECT p.id,
                 CONCAT('stock ', MAX(p.stock), ', ', COUNT(m.id), ' movements sum to ', COALESCE(SUM(m.delta), 0),
                   ', the newest leaves ', COALESCE((SELECT stock_after FROM stock_movements WHERE product_id = p.id ORDER BY id DESC LIMIT 1), 'nothing'),
                   ', the least is ', COALESCE(MIN(m.stock_after), 'none')) AS detail
            FROM products p LEFT JOIN stock_movements m ON m.product_id = p.id
           WHERE ${range}
           GROUP BY p.id
          HAVING MAX(p.stock) < 0 OR MIN(m.stock_after) < 0
              OR MAX(p.stock) <> COALESCE(SUM(m.delta), 0)
              OR CAST(MAX(p.stock) AS DECIMAL(20)) * MAX(p.stock)
                 <> COALESCE(SUM(CAST(m.delta AS DECIMAL(20)) * (2 * m.stock_after - m.delta)), 0)`,
  },
];
