import { column, defineTable, type RowOf, type StoredRowOf } from '@florin/database';

export const couponKinds = ['percent', 'amount'] as const;
export type CouponKind = (typeof couponKinds)[number];

export const couponStatuses = ['active', 'archived'] as const;
export type CouponStatus = (typeof couponStatuses)[number];

export const couponsTable = defineTable('coupons', {
  id: column.id(),
  /** Upper case. */
  code: column.text('varchar(32)'),
  kind: column.text<CouponKind>('varchar(8)'),
  percent: column.integer('tinyint unsigned').orNull(),
  amountMinor: column.money().orNull(),
  currency: column.text('char(3)').orNull(),
  minSubtotalMinor: column.money().orNull(),
  startsAt: column.time().orNull(),
  endsAt: column.time().orNull(),
  maxRedemptions: column.integer('int unsigned').orNull(),
  maxPerUser: column.integer('int unsigned').orNull(),
  /** Redemptions that are not freed; 0 without `maxRedemptions`. */
  redemptions: column.integer('int unsigned').byDatabase(),
  /** Whether the coupon applies only to the products and categories of the next two tables. */
  isScoped: column.boolean(),
  status: column.text<CouponStatus>('varchar(10)'),
  version: column.integer('int unsigned').byDatabase(),
  createdAt: column.time(),
  updatedAt: column.time(),
});

export type StoredCoupon = RowOf<typeof couponsTable>;
export type CouponRow = StoredRowOf<typeof couponsTable>;

/** Products that a coupon applies to; a product with options stands for its variants. */
export const couponProductsTable = defineTable('coupon_products', { couponId: column.id(), productId: column.id() });

/** Categories that a coupon applies to, with their subcategories. */
export const couponCategoriesTable = defineTable('coupon_categories', { couponId: column.id(), categoryId: column.id() });

/** A purchase with a coupon. `freedAt`: the time at which the redemption stopped counting. */
export const redemptionsTable = defineTable('coupon_redemptions', {
  purchaseId: column.id(),
  couponId: column.id(),
  userId: column.id(),
  createdAt: column.time(),
  freedAt: column.time().orNull(),
});
