import { amountMinor, currency, id, list, named, time, wholeNumber } from '@florin/values';
import Joi, { type Schema } from 'joi';
import type { CouponFields } from './coupon.ts';
import { couponCode } from './coupon-code.ts';
import { couponKinds, couponStatuses } from './coupons-table.ts';

const MAX_PRODUCTS = 500;
const MAX_CATEGORIES = 100;
/** Both fit INT UNSIGNED. */
const MAX_REDEMPTIONS = 1_000_000_000;

/** The fields that staff set. The compiler requires all of them. */
const fields = {
  code: couponCode(),
  kind: Joi.string().valid(...couponKinds),
  percent: wholeNumber().min(1).max(100).description('Required of the kind percent, and only allowed there'),
  amountMinor: amountMinor().min(1).description('Required of the kind amount, and only allowed there'),
  currency: currency().description('Required with amountMinor and minSubtotalMinor. The coupon applies only to purchases in it'),
  minSubtotalMinor: amountMinor().min(1).description('The sum of all items before the discount must be at least this'),
  startsAt: time().description('The coupon applies from this time on. Default: at once'),
  endsAt: time().description('The coupon applies before this time. Default: without end'),
  maxRedemptions: wholeNumber()
    .min(1)
    .max(MAX_REDEMPTIONS)
    .description('Maximum number of purchases with this coupon. Declined and cancelled ones do not count'),
  maxPerUser: wholeNumber()
    .min(1)
    .max(MAX_REDEMPTIONS)
    .description('Maximum number of purchases with this coupon by one buyer. Declined and cancelled ones do not count'),
  productIds: list(MAX_PRODUCTS)
    .items(id())
    .unique()
    .description('Products that the coupon applies to. A product with options stands for all its variants'),
  categoryIds: list(MAX_CATEGORIES)
    .items(id())
    .unique()
    .description(
      'Categories that the coupon applies to, with their subcategories. Without productIds and categoryIds: all products',
    ),
  status: Joi.string().valid(...couponStatuses),
} satisfies Record<keyof CouponFields, Schema>;

export type NewCoupon = Pick<CouponFields, 'code' | 'kind'> & Partial<Omit<CouponFields, 'code' | 'kind' | 'status'>>;

/** Absent fields stay unchanged; null removes the value. */
export type CouponChanges = Partial<CouponFields>;

const { code, kind, status, productIds, categoryIds, ...clearable } = fields;

export const newCoupon = named(
  'NewCoupon',
  Joi.object<NewCoupon>({ code: code.required(), kind: kind.required(), ...clearable, productIds, categoryIds }),
);

export const couponChanges = named(
  'CouponChanges',
  Joi.object<CouponChanges>({
    code,
    kind,
    status,
    ...Object.fromEntries(Object.entries<Schema>(clearable).map(([name, schema]) => [name, schema.allow(null)])),
    productIds,
    categoryIds,
  }).min(1),
);
