import { domainToASCII } from 'node:url';
import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';
import { ofKind } from './kind.ts';

/** RFC 5321: 64 octets before the @, 254 in all. */
export const MAX_EMAIL_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
/** What may be sent: surrounding white space counts until it is taken off. */
const MAX_RAW_LENGTH = 1_000;

const INVISIBLE = /[\p{C}\p{Z}]/u;
const address = Joi.string().email({ tlds: { allow: false } });

/** An e-mail address, in its one normal form (`normaliseEmail`). */
export function email(): StringSchema {
  return ofKind(
    'email',
    Joi.string()
      .max(MAX_RAW_LENGTH)
      .custom(readEmail)
      .description(`At most ${MAX_EMAIL_LENGTH} characters; case and surrounding white space do not matter`),
  );
}

/**
 * Brings an address into one form, so that two spellings of it are one account: without surrounding white space, in NFC, in lower
 * case, its domain in ASCII (UTS 46: `münchen.example` is `xn--mnchen-3ya.example`).
 *
 * @returns undefined where the text cannot be an address
 */
export function normaliseEmail(raw: string): string | undefined {
  const text = raw.trim().normalize('NFC').toLowerCase().normalize('NFC');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = domainToASCII(text.slice(at + 1));
  if (at < 1 || domain === '' || INVISIBLE.test(text)) return undefined;
  const normal = `${local}@${domain}`;
  if (Buffer.byteLength(local) > MAX_LOCAL_LENGTH || Buffer.byteLength(normal) > MAX_EMAIL_LENGTH) return undefined;
  return address.validate(normal).error === undefined ? normal : undefined;
}

function readEmail(raw: string, helpers: CustomHelpers): string | ErrorReport {
  return normaliseEmail(raw) ?? helpers.error('string.email');
}
