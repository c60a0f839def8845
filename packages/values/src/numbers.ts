import Joi, { type CustomHelpers, type ErrorReport, type NumberSchema } from 'joi';
import { ofKind } from './kind.ts';

/** 2^53 - 1: the largest integer that every JSON reader keeps exactly. */
export const MAX_AMOUNT_MINOR = Number.MAX_SAFE_INTEGER;

const DIGITS = /^-?\d+$/;

/** An amount of money in minor units: an integer within ±(2^53 - 1). */
export function amountMinor(): NumberSchema {
  return ofKind('amount', integer().min(-MAX_AMOUNT_MINOR).max(MAX_AMOUNT_MINOR));
}

/** A number of units of a product. */
export function quantity(): NumberSchema {
  return ofKind('quantity', integer());
}

/** Any other integer: a limit, a version, seconds. */
export function wholeNumber(): NumberSchema {
  return ofKind('wholeNumber', integer());
}

function integer(): NumberSchema {
  return Joi.number().integer().custom(requireDigits);
}

/** Text, as in a query, must be digits: Joi alone also reads `1e3`, `+5`, `0x10`, `20.00` and surrounding blanks. */
function requireDigits(value: number, helpers: CustomHelpers): number | ErrorReport {
  const { original } = helpers as { original: unknown };
  if (typeof original === 'string' && !DIGITS.test(original))
    return helpers.message({ custom: '{{#label}} must be a whole number in digits' });
  // JSON has -0; nothing here tells it from 0.
  return value === 0 ? 0 : value;
}
