export { couponCode } from './coupon-code.ts';
export { type CouponSet, noCoupons } from './coupon-set.ts';
export { couponTerms, readCouponTerms } from './coupon-terms.ts';
export { couponErrors } from './errors.ts';
export { freeRedemptions } from './free-redemptions.ts';
export { couponInvariants } from './invariants.ts';
export { lockCoupons } from './lock-coupons.ts';
export { writeRedemptions } from './write-redemptions.ts';
