import type { Invariant } from '@florin/invariants';
import { MAX_LEVELS } from './category-tree.ts';
import { MAX_VARIANTS } from './variant-errors.ts';

const categories = { table: 'categories', key: 'id', column: 'c.id', things: 'categories' };

const products = { table: 'products', key: 'id', column: 'p.id' };

/** An id as JSON text has it. */
const idText = (column: string): string =>
  `LOWER(CONCAT_WS('-', ${[
    [1, 8],
    [9, 4],
    [13, 4],
    [17, 4],
    [21, 12],
  ]
    .map(([from, length]) => `SUBSTR(HEX(${column}), ${from}, ${length})`)
    .join(', ')}))`;

/** The invariants of categories, and of products with options and their variants. */
export const catalogueInvariants: readonly Invariant[] = [
  {
    check: 'category-tree',
    rule: `the ancestors of a category are those of its parent and itself, on at most ${MAX_LEVELS} levels`,
    over: categories,
    sql: (range) => `SELECT c.id,
                 CONCAT(c.name, ': ', (SELECT COUNT(*) FROM category_ancestors WHERE descendant_id = c.id), ' ancestors with itself, ',
                   (SELECT COUNT(*) FROM category_ancestors WHERE descendant_id = c.parent_id), ' of its parent') AS detail
            FROM categories c
           WHERE ${range}
             AND ((SELECT COUNT(*) FROM category_ancestors WHERE descendant_id = c.id)
                    <> 1 + (SELECT COUNT(*) FROM category_ancestors WHERE descendant_id = c.parent_id)
               OR (SELECT COUNT(*) FROM category_ancestors WHERE descendant_id = c.id) > ${MAX_LEVELS}
               OR NOT EXISTS (SELECT 1 FROM category_ancestors own
                               WHERE own.ancestor_id = c.id AND own.descendant_id = c.id AND own.distance = 0)
               OR EXISTS (SELECT 1 FROM category_ancestors up
                            LEFT JOIN category_ancestors own ON own.ancestor_id = up.ancestor_id
                              AND own.descendant_id = c.id AND own.distance = up.distance + 1
                           WHERE up.descendant_id = c.parent_id AND own.ancestor_id IS NULL))`,
  },
  {
    check: 'product-categories',
    rule: 'the further categories of a product are those by which lists find it',
    over: products,
    sql: (range) => `SELECT p.id,
                 CONCAT('further categories ', COALESCE(p.further_category_ids, 'none'), ', found by ',
                   (SELECT COUNT(*) FROM product_categories WHERE product_id = p.id)) AS detail
            FROM products p
           WHERE ${range}
             AND (COALESCE(JSON_LENGTH(p.further_category_ids), 0) <> (SELECT COUNT(*) FROM product_categories WHERE product_id = p.id)
               OR EXISTS (SELECT 1 FROM product_categories further
                           WHERE further.product_id = p.id
                             AND p.further_category_ids NOT LIKE CONCAT('%', ${idText('further.category_id')}, '%')))`,
  },
  {
    check: 'variants',
    rule: 'each variant has a product with options, and one value for each of them',
    over: products,
    sql: (range) => `SELECT p.id,
                 CONCAT(COALESCE(p.option_values, 'no values'), ' for the options ', COALESCE(parent.options, 'of no product')) AS detail
            FROM products p LEFT JOIN products parent ON parent.id = p.parent_id
           WHERE ${range} AND p.parent_id IS NOT NULL
             AND (parent.options IS NULL OR p.option_values IS NULL
               OR JSON_LENGTH(p.option_values) <> JSON_LENGTH(parent.options)
               OR NOT JSON_CONTAINS(JSON_KEYS(p.option_values), parent.options))`,
  },
  {
    check: 'parents',
    rule: 'a product with options has no stock, no movement and so no purchase, and is no variant',
    over: products,
    sql: (range) => `SELECT p.id,
                 CONCAT('stock ', p.stock, ', ', (SELECT COUNT(*) FROM stock_movements m WHERE m.product_id = p.id), ' movements') AS detail
            FROM products p
           WHERE ${range} AND p.options IS NOT NULL
             AND (p.stock <> 0 OR p.parent_id IS NOT NULL OR EXISTS (SELECT 1 FROM stock_movements m WHERE m.product_id = p.id))`,
  },
  {
    check: 'option-values',
    rule: `a product has at most ${MAX_VARIANTS} variants, each with other option values`,
    over: { table: 'products', key: 'parent_id', column: 'p.parent_id', pageKeys: 200 },
    sql: (range) => `SELECT p.parent_id AS id,
                 CONCAT(COUNT(*), ' variants with ', COUNT(DISTINCT p.option_values), ' different option values') AS detail
            FROM products p
           WHERE ${range} AND p.parent_id IS NOT NULL
           GROUP BY p.parent_id
          HAVING COUNT(*) > ${MAX_VARIANTS} OR COUNT(DISTINCT p.option_values) <> COUNT(*)`,
  },
];
