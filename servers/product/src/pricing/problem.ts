import type { AppError } from '@florin/app-response';
import { amountMinor, id, named, wholeNumber } from '@florin/values';
import Joi from 'joi';

/** Something that the buyer should know of an order before it is bought. */
export type OrderProblem = {
  code: string;
  /** `error`: the order cannot be bought. */
  severity: 'error' | 'warning';
  message: string;
  productId?: string;
  available?: number;
  fromMinor?: number;
  toMinor?: number;
  reason?: string;
};

export const problemSchema = named(
  'OrderProblem',
  Joi.object<OrderProblem, true>({
    code: Joi.string()
      .required()
      .description(
        'Stable; an open set. Most errors have the code that the purchase would get; CURRENCY_MISMATCH (items in several currencies) and TOTAL_TOO_HIGH would be VALIDATION_FAILED',
      ),
    severity: Joi.string().valid('error', 'warning').required().description('error: the order cannot be bought'),
    message: Joi.string().required(),
    productId: id(),
    available: wholeNumber().min(0).description('Units that can be bought now'),
    fromMinor: amountMinor().description('The former price'),
    toMinor: amountMinor().description('The current price, or the highest total that the wallet allows now'),
    reason: Joi.string().description('Why the coupon does not apply; an open set'),
  }),
);

/** Describes the error that refuses a purchase as a problem of an order that is not bought yet. */
export function errorProblem({ code, message, extensions }: AppError): OrderProblem {
  const { productId, available, reason } = extensions as Partial<Pick<OrderProblem, 'productId' | 'available' | 'reason'>>;
  return {
    code,
    severity: 'error',
    message,
    ...(productId === undefined ? {} : { productId }),
    ...(available === undefined ? {} : { available }),
    ...(reason === undefined ? {} : { reason }),
  };
}
