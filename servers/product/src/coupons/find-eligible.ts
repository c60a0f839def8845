import { idText, query, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import type { StoredCoupon } from './coupons-table.ts';

type Wanted = { coupon: StoredCoupon; productIds: readonly string[] };

/**
 * Finds the products that scoped coupons apply to: those that a coupon names, variants of those, and those in its categories or in
 * subcategories of them. One statement, and none without a scoped coupon.
 *
 * @returns product ids by coupon id
 */
export async function findEligible(db: Knex, wanted: readonly Wanted[]): Promise<Map<string, Set<string>>> {
  const scoped = wanted.filter(({ coupon }) => coupon.isScoped);
  const eligible = new Map<string, Set<string>>(scoped.map(({ coupon }) => [coupon.id, new Set()]));
  if (scoped.length === 0) return eligible;
  const coupons = Array.from(eligible.keys(), sqlId);
  const products = Array.from(new Set(scoped.flatMap(({ productIds }) => productIds)), sqlId);
  if (products.length === 0) return eligible;
  const values = [coupons, products];
  const rows = await query<{ coupon_id: Buffer; product_id: Buffer }>(db, ELIGIBLE_SQL, [
    ...values,
    ...values,
    ...values,
    ...values,
  ]);
  for (const { coupon_id, product_id } of rows) eligible.get(idText(coupon_id))?.add(idText(product_id));
  return eligible;
}

const inCategory = `JOIN category_ancestors a ON a.ancestor_id = scope.category_id`;

const ELIGIBLE_SQL = `SELECT coupon_id, product_id FROM coupon_products WHERE coupon_id IN (?) AND product_id IN (?)
  UNION SELECT scope.coupon_id, p.id FROM coupon_products scope
    JOIN products p ON p.parent_id = scope.product_id WHERE scope.coupon_id IN (?) AND p.id IN (?)
  UNION SELECT scope.coupon_id, p.id FROM coupon_categories scope ${inCategory}
    JOIN products p ON p.category_id = a.descendant_id WHERE scope.coupon_id IN (?) AND p.id IN (?)
  UNION SELECT scope.coupon_id, further.product_id FROM coupon_categories scope ${inCategory}
    JOIN product_categories further ON further.category_id = a.descendant_id
   WHERE scope.coupon_id IN (?) AND further.product_id IN (?)`;
