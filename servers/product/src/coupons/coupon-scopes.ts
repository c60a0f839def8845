import { idText, insertRows, query, sqlId } from '@florin/database';
import type { Knex } from 'knex';
import { type CouponScope, noScope } from './coupon.ts';
import { couponCategoriesTable, couponProductsTable, type StoredCoupon } from './coupons-table.ts';

/** Reads the products and categories of coupons, each in the order of ids. One statement, and none without a scoped coupon. */
export async function readScopes(db: Knex, coupons: readonly StoredCoupon[]): Promise<(couponId: string) => CouponScope> {
  const scopes = new Map<string, { productIds: string[]; categoryIds: string[] }>();
  for (const { id, isScoped } of coupons) if (isScoped) scopes.set(id, { productIds: [], categoryIds: [] });
  if (scopes.size > 0) {
    const ids = Array.from(scopes.keys(), sqlId);
    const rows = await query<{ coupon_id: Buffer; product_id: Buffer | null; category_id: Buffer | null }>(
      db,
      `SELECT coupon_id, product_id, NULL AS category_id FROM coupon_products WHERE coupon_id IN (?)
       UNION ALL SELECT coupon_id, NULL, category_id FROM coupon_categories WHERE coupon_id IN (?)
       ORDER BY product_id, category_id`,
      [ids, ids],
    );
    for (const { coupon_id, product_id, category_id } of rows) {
      const scope = scopes.get(idText(coupon_id));
      if (product_id !== null) scope?.productIds.push(idText(product_id));
      if (category_id !== null) scope?.categoryIds.push(idText(category_id));
    }
  }
  return (couponId) => scopes.get(couponId) ?? noScope;
}

/** Writes the scope of a coupon in the order of ids. The categories and products exist. */
export async function insertScope(
  trx: Knex.Transaction,
  couponId: string,
  { productIds, categoryIds }: CouponScope,
): Promise<void> {
  await insertRows(
    trx,
    couponCategoriesTable,
    [...categoryIds].sort().map((categoryId) => ({ couponId, categoryId })),
  );
  await insertRows(
    trx,
    couponProductsTable,
    [...productIds].sort().map((productId) => ({ couponId, productId })),
  );
}

/** Replaces the scope of a locked coupon. */
export async function replaceScope(trx: Knex.Transaction, couponId: string, scope: CouponScope): Promise<void> {
  for (const table of ['coupon_products', 'coupon_categories'])
    await trx.raw(`DELETE FROM ${table} WHERE coupon_id = ${sqlId(couponId).toSqlString()}`);
  await insertScope(trx, couponId, scope);
}
