import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';
import { ofKind } from './kind.ts';

const MAX_SLUG_LENGTH = 100;
const SLUG = /^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u;
const RULE = `may have small letters, digits and single inner hyphens (1 to ${MAX_SLUG_LENGTH} characters)`;
/** Accents of Latin, Greek and Cyrillic letters. Other scripts keep their marks, which make other letters. */
const ACCENTS = /[\u0300-\u036f]/g;

/** The part of a page's address that names one thing: `cast-iron-skillet`. Letters of any script, in NFC. */
export function slug(): StringSchema {
  const rule = `{{#label}} ${RULE}`;
  return ofKind(
    'slug',
    Joi.string()
      .max(MAX_SLUG_LENGTH)
      .custom(readSlug)
      .messages({ 'string.empty': rule, 'string.max': rule })
      .description(`It ${RULE}`),
  );
}

/**
 * Makes a slug from a name: accents are removed, capitals become small, and everything but letters and digits becomes a hyphen.
 *
 * @param maxLength in UTF-16 units
 * @returns an empty text if the name has no letter or digit
 */
export function slugOf(name: string, { maxLength = MAX_SLUG_LENGTH }: { maxLength?: number } = {}): string {
  const words =
    name
      .normalize('NFKD')
      .replaceAll(ACCENTS, '')
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const text = words.join('-').normalize('NFC');
  // Cut between characters, so that no half of a surrogate pair and no hyphen is left at the end.
  let cut = '';
  for (const character of text) {
    if (cut.length + character.length > maxLength) break;
    cut += character;
  }
  return cut.replace(/-$/, '');
}

function readSlug(raw: string, helpers: CustomHelpers): string | ErrorReport {
  const text = raw.normalize('NFC').trim();
  const isSlug = SLUG.test(text) && text === text.toLowerCase();
  return isSlug ? text : helpers.message({ custom: `{{#label}} ${RULE}` });
}
