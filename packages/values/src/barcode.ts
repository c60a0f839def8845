import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';
import { ofKind } from './kind.ts';

/** GTIN-8, GTIN-12 (UPC-A), GTIN-13 (EAN-13) and GTIN-14. */
const GTIN = /^(?:\d{8}|\d{12,14})$/;
const RULE = '{{#label}} must be a GTIN of 8, 12, 13 or 14 digits';

/** A trade item number (GTIN) with its check digit: what the barcode of a product says. */
export function barcode(): StringSchema {
  return ofKind('barcode', Joi.string().max(14).custom(readBarcode).messages({ 'string.max': RULE, 'string.empty': RULE }));
}

function readBarcode(text: string, helpers: CustomHelpers): string | ErrorReport {
  if (!GTIN.test(text)) return helpers.message({ custom: RULE });
  const expected = checkDigitOf(text.slice(0, -1));
  if (text.endsWith(String(expected))) return text;
  return helpers.message({ custom: `{{#label}} has a wrong check digit: the last digit must be ${expected}` });
}

/** The check digit of GS1 General Specifications, section 7.9: weights 3 and 1 from the right, up to the next multiple of ten. */
function checkDigitOf(digits: string): number {
  const weighted = Array.from(digits)
    .reverse()
    .map((digit, index) => Number(digit) * (index % 2 === 0 ? 3 : 1));
  const sum = weighted.reduce((sum, one) => sum + one, 0);
  return (10 - (sum % 10)) % 10;
}
