import { line } from '@florin/values';
import type { CustomHelpers, ErrorReport, StringSchema } from 'joi';

const CODE = /^[A-Z0-9-]{3,32}$/;
/** Surrounding white space counts until it is removed. */
const MAX_RAW_LENGTH = 100;

/** The code of a coupon in a request: 3 to 32 letters, digits and hyphens, in any case. It becomes upper case. */
export function couponCode(): StringSchema {
  return line(MAX_RAW_LENGTH)
    .custom(readCode)
    .description('3 to 32 letters A-Z, digits and hyphens. Upper and lower case count as equal');
}

function readCode(raw: string, helpers: CustomHelpers): string | ErrorReport {
  const code = raw.toUpperCase();
  return CODE.test(code)
    ? code
    : helpers.message({ custom: '{{#label}} must be 3 to 32 letters A-Z, digits and hyphens, such as SUMMER-10' });
}
