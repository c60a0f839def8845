import { amountMinor, id, named, storedCurrency, time, wholeNumber } from '@florin/values';
import Joi from 'joi';
import { couponKinds, couponStatuses, type StoredCoupon } from './coupons-table.ts';

/** The products and categories that a coupon applies to. Both empty: all products. */
export type CouponScope = { productIds: readonly string[]; categoryIds: readonly string[] };

export const noScope: CouponScope = { productIds: [], categoryIds: [] };

export type Coupon = StoredCoupon & CouponScope;

/** The fields that staff set. */
export type CouponFields = Omit<Coupon, 'id' | 'redemptions' | 'isScoped' | 'version' | 'createdAt' | 'updatedAt'>;

export function isLimited({ maxRedemptions, maxPerUser }: Pick<StoredCoupon, 'maxRedemptions' | 'maxPerUser'>): boolean {
  return maxRedemptions !== null || maxPerUser !== null;
}

/** A coupon as the API shows it: fields without a value are left out. */
export function presentCoupon(coupon: Coupon): Record<string, unknown> {
  const { isScoped: _derived, redemptions, productIds, categoryIds, ...fields } = coupon;
  const { startsAt, endsAt, createdAt, updatedAt, ...plain } = fields;
  const shown = {
    ...plain,
    startsAt: startsAt?.toISOString(),
    endsAt: endsAt?.toISOString(),
    redemptions: coupon.maxRedemptions === null ? null : redemptions,
    productIds: productIds.length === 0 ? null : productIds,
    categoryIds: categoryIds.length === 0 ? null : categoryIds,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
  return Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== null && value !== undefined));
}

export const couponSchema = named(
  'Coupon',
  Joi.object({
    id: id().required(),
    code: Joi.string().required(),
    kind: Joi.string()
      .valid(...couponKinds)
      .required(),
    percent: wholeNumber().min(1).max(100).description('Of the kind percent'),
    amountMinor: amountMinor().min(1).description('Of the kind amount'),
    currency: storedCurrency().description('The coupon applies only to purchases in this currency'),
    minSubtotalMinor: amountMinor().min(1),
    startsAt: time(),
    endsAt: time(),
    maxRedemptions: wholeNumber().min(1),
    maxPerUser: wholeNumber().min(1),
    redemptions: wholeNumber().min(0).description('With maxRedemptions: the purchases that count towards it'),
    productIds: Joi.array().items(id()),
    categoryIds: Joi.array().items(id()),
    status: Joi.string()
      .valid(...couponStatuses)
      .required(),
    version: wholeNumber().required(),
    createdAt: time().required(),
    updatedAt: time().required(),
  }),
);
