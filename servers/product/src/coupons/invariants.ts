import type { Invariant } from '@florin/invariants';

/** Small pages, because a coupon may have many redemptions. */
const coupons = { table: 'coupons', key: 'id', column: 'c.id', things: 'coupons', pageKeys: 50 };

/** The invariants of coupons and their redemptions. */
export const couponInvariants: readonly Invariant[] = [
  {
    check: 'coupon-limits',
    rule: 'the redemptions of a coupon that are not freed are at most its limit, and its counter has their number',
    over: coupons,
    sql: (range) => `SELECT c.id,
                 CONCAT(MAX(c.code), ': ', COUNT(r.purchase_id), ' redemptions count, the counter has ', MAX(c.redemptions), ', the limit is ',
                   COALESCE(MAX(c.max_redemptions), 'none')) AS detail
            FROM coupons c LEFT JOIN coupon_redemptions r ON r.coupon_id = c.id AND r.freed_at IS NULL
           WHERE ${range} AND c.max_redemptions IS NOT NULL
           GROUP BY c.id
          HAVING COUNT(r.purchase_id) > MAX(c.max_redemptions) OR COUNT(r.purchase_id) <> MAX(c.redemptions)`,
  },
  {
    check: 'coupon-user-limits',
    rule: 'the redemptions of a coupon by one buyer that are not freed are at most its limit per user',
    over: coupons,
    sql: (range) => `SELECT c.id,
                 CONCAT(MAX(c.code), ': ', COUNT(*), ' redemptions by user ', LOWER(HEX(r.user_id)), ', the limit is ', MAX(c.max_per_user)) AS detail
            FROM coupons c JOIN coupon_redemptions r ON r.coupon_id = c.id AND r.freed_at IS NULL
           WHERE ${range} AND c.max_per_user IS NOT NULL
           GROUP BY c.id, r.user_id
          HAVING COUNT(*) > MAX(c.max_per_user)`,
  },
  {
    check: 'coupon-scopes',
    rule: 'a coupon names products or categories exactly if it applies only to some products',
    over: coupons,
    sql: (
      range,
    ) => `SELECT c.id, CONCAT(c.code, IF(c.is_scoped, ' is for some products, and names none', ' is for all products, and names some')) AS detail
            FROM coupons c
           WHERE ${range}
             AND c.is_scoped <> (EXISTS (SELECT 1 FROM coupon_products WHERE coupon_id = c.id)
                              OR EXISTS (SELECT 1 FROM coupon_categories WHERE coupon_id = c.id))`,
  },
  {
    check: 'redemptions',
    rule: 'each purchase with a coupon has a redemption of it by its buyer, which is not freed while the purchase may be paid',
    over: { table: 'purchases', key: 'id', column: 'p.id', things: 'purchases' },
    sql: (range) => `SELECT p.id,
                 CONCAT(p.status, ' with coupon ', p.coupon_code, ', ', COALESCE(CONCAT('redemption of ', c.code, IF(r.freed_at IS NULL, '', ', freed')), 'no redemption')) AS detail
            FROM purchases p
            LEFT JOIN coupon_redemptions r ON r.purchase_id = p.id
            LEFT JOIN coupons c ON c.id = r.coupon_id
           WHERE ${range} AND p.coupon_code IS NOT NULL
             AND (r.purchase_id IS NULL OR r.user_id <> p.user_id
               OR (r.freed_at IS NOT NULL AND p.status NOT IN ('declined', 'cancelled')))`,
  },
];
