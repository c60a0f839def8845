import Joi, { type CustomHelpers, type ErrorReport, type NumberSchema } from 'joi';
import { ofKind } from './kind.ts';

const DECIMALS = 2;
const FORM = new RegExp(`^\\d{1,3}(?:\\.\\d{1,${DECIMALS}})?$`);

/** A rate in percent from 0 to 100, with at most two decimals: 19, 7.7. */
export function percent(): NumberSchema {
  return ofKind('percent', Joi.number().min(0).max(100).custom(requireDecimals));
}

/** The number as JSON writes it, so that 7.7 is not refused for its binary form. */
function requireDecimals(value: number, helpers: CustomHelpers): number | ErrorReport {
  const { original } = helpers as { original: unknown };
  if (FORM.test(String(original))) return value;
  return helpers.message({ custom: `{{#label}} must be a number with at most ${DECIMALS} decimals, such as 19 or 7.7` });
}
