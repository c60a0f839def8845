import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';

export const MAX_LOCALES = 20;

/** A list of BCP 47 tags, each in its canonical form: `en,pt-BR`. */
export function localesSetting(): StringSchema {
  return Joi.string().custom((text: string, helpers: CustomHelpers): string | ErrorReport => {
    const tags = text.split(',');
    if (tags.length > MAX_LOCALES) return helpers.message({ custom: `{{#label}} may have ${MAX_LOCALES} locales at most` });
    const isList = tags.every(isCanonical) && new Set(tags).size === tags.length;
    return isList ? text : helpers.message({ custom: '{{#label}} must list different BCP 47 tags, such as en,de,pt-BR' });
  });
}

function isCanonical(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}
