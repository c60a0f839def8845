import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';

/** An address of HTTP without path, query and user: `https://shop.example`. A slash at its end is left out. */
export function publicUrlSetting(): StringSchema {
  return Joi.string().custom((text: string, helpers: CustomHelpers): string | ErrorReport => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
    return isOrigin
      ? url.origin
      : helpers.message({ custom: '{{#label}} must be an address such as https://shop.example, without a path' });
  });
}
