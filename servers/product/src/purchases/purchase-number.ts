import { takeRandom } from '@florin/events';
import { token } from '@florin/values';
import type { CustomHelpers, ErrorReport } from 'joi';

/** Base 32 of Douglas Crockford: digits and capitals without I, L, O and U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;
/** 40 bits, 5 for each character. */
const BYTES = 5;
const NUMBER = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/**
 * Makes the number of a purchase: 8 random characters. The UNIQUE index of the numbers refuses one that is taken, and the
 * transaction runs again with others (`isKeyTaken`).
 */
export function newPurchaseNumber(): string {
  let rest = takeRandom(BYTES).readUIntBE(0, BYTES);
  let text = '';
  for (let place = 0; place < LENGTH; place++) {
    text = ALPHABET.charAt(rest % ALPHABET.length) + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/** Reads a number as somebody types it: in any case, O as 0, I and L as 1. Undefined if it cannot be a number. */
export function readPurchaseNumber(typed: string): string | undefined {
  const number = typed.trim().toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return NUMBER.test(number) ? number : undefined;
}

export const purchaseNumberField = token(LENGTH).custom(readField);

function readField(typed: string, helpers: CustomHelpers): string | ErrorReport {
  const number = readPurchaseNumber(typed);
  return number ?? helpers.message({ custom: '{{#label}} must be the number of a purchase: 8 letters or digits, without U' });
}
