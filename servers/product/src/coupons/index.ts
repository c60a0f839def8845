export { couponCode } from './coupon-code.ts';
export { type CouponSet, noCoupons } from './coupon-set.ts';
export type { CouponDiscount, CouponOrder, CouponRefusal } from './decide-coupon.ts';
export { couponErrors, couponNotApplicable } from './errors.ts';
export { freeRedemptions } from './free-redemptions.ts';
export { couponInvariants } from './invariants.ts';
export { type CouponWish, lockCoupons, readCoupons } from './lock-coupons.ts';
export { writeRedemptions } from './write-redemptions.ts';
