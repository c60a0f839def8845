import type { Invariant } from '@florin/invariants';
import { MAX_ITEMS } from '../pricing/index.ts';

/** The invariants of carts. */
export const cartInvariants: readonly Invariant[] = [
  {
    check: 'carts',
    rule: `a cart has at most ${MAX_ITEMS} items, each at a position of its own`,
    over: { table: 'carts', key: 'user_id', column: 'c.user_id', things: 'carts' },
    sql: (range) => `SELECT c.user_id AS id,
                 CONCAT(COUNT(i.product_id), ' items at ', COUNT(DISTINCT i.position), ' positions') AS detail
            FROM carts c JOIN cart_items i ON i.user_id = c.user_id
           WHERE ${range}
           GROUP BY c.user_id
          HAVING COUNT(i.product_id) > ${MAX_ITEMS} OR COUNT(DISTINCT i.position) <> COUNT(i.product_id)`,
  },
];
