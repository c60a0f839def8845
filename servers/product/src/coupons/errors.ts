import { AppError, defineErrors } from '@florin/app-response';
import { isDuplicateKey } from '@florin/database';
import type { CouponRefusal } from './decide-coupon.ts';

const details: Readonly<Record<CouponRefusal, string>> = {
  UNKNOWN: 'There is no coupon with this code.',
  ARCHIVED: 'The coupon has been withdrawn.',
  NOT_STARTED: 'The coupon does not apply yet.',
  ENDED: 'The coupon has ended.',
  OTHER_CURRENCY: 'The coupon is for purchases in another currency.',
  SUBTOTAL_TOO_LOW: 'The items cost less than the minimum of the coupon.',
  NO_ELIGIBLE_ITEM: 'The coupon applies to none of the items.',
  NO_DISCOUNT: 'The items cost too little for a discount.',
  USED_UP: 'The coupon was redeemed as often as it can be.',
  USED_UP_BY_USER: 'You have redeemed the coupon as often as one buyer can.',
};

export const couponErrors = defineErrors({
  COUPON_CODE_TAKEN: {
    status: 409,
    title: 'Another coupon has this code',
    meaning: 'Another coupon, active or archived, has this code. Upper and lower case count as equal.',
    action: 'Choose another code, or change the other coupon.',
  },
  COUPON_LIMIT_TOO_LOW: {
    status: 409,
    title: 'The coupon was redeemed more often than the new limit allows',
    meaning: 'More purchases count towards the limit than it would allow.',
    action: 'Choose a limit of at least `redeemed`. To end the coupon, archive it or set `endsAt`.',
    extensions: {
      redeemed: {
        type: 'integer',
        minimum: 1,
        description: 'Purchases that count towards the limit, of all buyers or of one buyer',
      },
    },
  },
  COUPON_NOT_APPLICABLE: {
    status: 409,
    title: 'The coupon does not apply to the purchase',
    meaning: 'The coupon does not apply now, or not to these items. Nothing was bought.',
    action:
      'Show the buyer the reason. Retry with another coupon or without one: the total changes, so the buyer has to accept it again.',
    extensions: {
      reason: {
        type: 'string',
        description: `An open set: ${Object.keys(details).join(', ')}`,
      },
    },
  },
});

export function couponNotApplicable(reason: CouponRefusal): AppError {
  return new AppError(couponErrors.COUPON_NOT_APPLICABLE, { detail: details[reason], extensions: { reason } });
}

/** @throws AppError COUPON_CODE_TAKEN if another coupon has the code; other errors of the write unchanged */
export async function orCodeTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (cause) {
    throw isDuplicateKey(cause, 'coupons_code') ? new AppError(couponErrors.COUPON_CODE_TAKEN, { cause }) : cause;
  }
}
