import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';
import { ofKind } from './kind.ts';
import { MAX_SLUG_LENGTH } from './slug-of.ts';

const SLUG = /^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u;
const RULE = `may have small letters, digits and single inner hyphens (1 to ${MAX_SLUG_LENGTH} characters)`;

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

function readSlug(raw: string, helpers: CustomHelpers): string | ErrorReport {
  const text = raw.normalize('NFC').trim();
  const isSlug = SLUG.test(text) && text === text.toLowerCase();
  return isSlug ? text : helpers.message({ custom: `{{#label}} ${RULE}` });
}
