import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import type { CouponFields } from './coupon.ts';

/**
 * Checks that the fields of a coupon agree with each other, as the CHECK constraints of its table do.
 *
 * @throws AppError VALIDATION_FAILED with all faults
 */
export function requireConsistent(coupon: CouponFields): void {
  const errors = rules.flatMap(([path, isBroken, message]) => (isBroken(coupon) ? [{ path, message } satisfies FieldError] : []));
  if (errors.length > 0) throw new AppError(requestErrors.VALIDATION_FAILED, { errors });
}

const rules: readonly (readonly [path: keyof CouponFields, isBroken: (coupon: CouponFields) => boolean, message: string])[] = [
  [
    'percent',
    ({ kind, percent }) => (kind === 'percent') !== (percent !== null),
    'percent is required for the kind percent and not allowed for the kind amount',
  ],
  [
    'amountMinor',
    ({ kind, amountMinor }) => (kind === 'amount') !== (amountMinor !== null),
    'amountMinor is required for the kind amount and not allowed for the kind percent',
  ],
  [
    'currency',
    ({ currency, amountMinor, minSubtotalMinor }) => currency === null && (amountMinor !== null || minSubtotalMinor !== null),
    'amountMinor and minSubtotalMinor need a currency',
  ],
  [
    'endsAt',
    ({ startsAt, endsAt }) => startsAt !== null && endsAt !== null && startsAt >= endsAt,
    'endsAt must be after startsAt',
  ],
];
