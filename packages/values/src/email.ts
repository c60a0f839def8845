import { domainToASCII, domainToUnicode } from 'node:url';
import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';
import { ofKind } from './kind.ts';

/** RFC 5321: 64 octets before the @, 254 in all. */
export const MAX_EMAIL_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
/** What may be sent: surrounding white space counts until it is taken off. */
const MAX_RAW_LENGTH = 1_000;

/** `trim` takes it for white space; it is a format character. */
const BYTE_ORDER_MARK = '\ufeff';
/** Control and format characters, fillers and other characters that show nothing, and all kinds of space. */
const INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** What `domainToASCII` does not read as part of a URL. Characters that are not ASCII are its own business. */
const HOST = /^[a-z0-9.\-\u0080-\u{10ffff}]+$/u;
/** Labels of DNS, of which the last is no number: that would be an IPv4 address. `xn--florin-`, a second `florin`, is none. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** A label of Punycode that cannot be decoded. Node 24 takes it as it is, Node 20 refuses it. */
const UNREADABLE_LABEL = /(?:^|\.)xn--/;
const address = Joi.string().email({ tlds: { allow: false } });

/** The e-mail address of a new account, in its one normal form (`normaliseEmail`). */
export function email(): StringSchema {
  return ofKind(
    'email',
    Joi.string()
      .max(MAX_RAW_LENGTH)
      .custom(readEmail)
      .description(
        `At most ${MAX_EMAIL_LENGTH} octets, ${MAX_LOCAL_LENGTH} before the @; case, surrounding white space and the form of the domain (Unicode or ASCII) do not matter`,
      ),
  );
}

/**
 * Text that names an account by its address. An earlier release stored addresses that `email` refuses or changes, so any text is
 * taken: look for the account under each of its `emailSpellings`.
 */
export function storedEmail(): StringSchema {
  return ofKind(
    'email',
    Joi.string()
      .max(MAX_RAW_LENGTH)
      .custom((raw: string) => earlierForm(raw))
      .description('Case, surrounding white space and the form of the domain (Unicode or ASCII) do not matter'),
  );
}

/**
 * Brings an address into one form, so that two spellings of it are one account: in NFKC and lower case, without surrounding white
 * space, its domain in ASCII (UTS 46: `münchen.example` is `xn--mnchen-3ya.example`).
 *
 * NFKC rather than NFC: full-width letters, ligatures and the like (`ａlice`, `ﬁona`) look like the letters that it replaces them by,
 * and would make a second account that looks the same. Mail goes to the normal form, so nobody gets the mail of such an address.
 *
 * @returns undefined where the text cannot be an address, or has a character that cannot be seen
 */
export function normaliseEmail(raw: string): string | undefined {
  const text = raw.trim();
  if (raw.includes(BYTE_ORDER_MARK) || INVISIBLE.test(text)) return undefined;
  const folded = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  const at = folded.lastIndexOf('@');
  const local = folded.slice(0, at);
  const domain = asciiDomain(folded.slice(at + 1));
  if (at < 1 || domain === undefined) return undefined;
  const normal = `${local}@${domain}`;
  if (Buffer.byteLength(local) > MAX_LOCAL_LENGTH || Buffer.byteLength(normal) > MAX_EMAIL_LENGTH) return undefined;
  return address.validate(normal).error === undefined ? normal : undefined;
}

/**
 * Returns the forms in which the account of an address may be stored: as an earlier release stored it, in today's normal form, and
 * with the domain in Unicode. Where several accounts match, the first form is the one that was typed.
 *
 * @returns one to three forms, without repetition
 */
export function emailSpellings(raw: string): readonly string[] {
  const normal = normaliseEmail(raw);
  const spellings = [earlierForm(raw), ...(normal === undefined ? [] : [normal, withUnicodeDomain(normal)])];
  return [...new Set(spellings)];
}

/** The normal form of releases that took control and format characters, and stored the domain as it was typed. */
function earlierForm(raw: string): string {
  return raw.normalize('NFC').trim().toLowerCase().normalize('NFC');
}

function asciiDomain(text: string): string | undefined {
  const ascii = HOST.test(text) ? domainToASCII(text) : '';
  return DOMAIN.test(ascii) && !UNREADABLE_LABEL.test(domainToUnicode(ascii)) ? ascii : undefined;
}

function withUnicodeDomain(normal: string): string {
  const at = normal.lastIndexOf('@');
  return `${normal.slice(0, at)}@${domainToUnicode(normal.slice(at + 1))}`;
}

function readEmail(raw: string, helpers: CustomHelpers): string | ErrorReport {
  return normaliseEmail(raw) ?? helpers.error('string.email');
}
