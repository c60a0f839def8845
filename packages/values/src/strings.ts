import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';
import { isCurrency } from './currencies.ts';
import { ofKind } from './kind.ts';

export const MAX_SKU_LENGTH = 64;
/** What may be sent: surrounding white space and decomposed letters count until they are normalised. */
const MAX_RAW_SKU_LENGTH = 1_000;
export const MAX_URL_LENGTH = 2_000;
/** Its length is in characters: with the flag `u`, two UTF-16 units of one letter count once. */
const SKU = new RegExp(`^(?!\\p{M})[\\p{L}\\p{M}\\p{N} ._\\-/+&#():,]{1,${MAX_SKU_LENGTH}}$`, 'u');
/** Variation selectors and fillers, which are marks and letters that nobody sees. */
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/u;
const SKU_RULE = `may have letters, digits, inner spaces and . _ - / + & # ( ) : , (1 to ${MAX_SKU_LENGTH} characters)`;
const CURRENCY_RULE = '{{#label}} must be a currency code of ISO 4217, such as EUR';
const IMAGE_URL_RULE = `{{#label}} must be an address of http or https, or /v1/images/ and the id of an image`;
const VISIBLE_ASCII = /^[\x21-\x7e]+$/;

const guid = (): StringSchema => Joi.string().guid({ separator: '-', wrapper: false });

/** An id: 36 characters with dashes. Capitals are taken and become lower case, so that one id is one key. */
export function id(): StringSchema {
  return ofKind(
    'id',
    guid()
      .custom((raw: string) => raw.toLowerCase())
      .messages({ 'string.guid': '{{#label}} must be an id of 36 characters with dashes' }),
  );
}

/** An id in an event: lower case only, since it was written by a service. */
export function storedId(): StringSchema {
  return ofKind('id', guid().lowercase());
}

/** A currency that a price or a wallet may have: a code of ISO 4217, in any case. */
export function currency(): StringSchema {
  return ofKind('currency', Joi.string().length(3).custom(readCurrency).messages({ 'string.length': CURRENCY_RULE }));
}

/** A currency that an event or a stored row has: one that this release would refuse is still read. */
export function storedCurrency(): StringSchema {
  return ofKind('currency', Joi.string().length(3).uppercase());
}

/** A time in an event: ISO 8601, kept as text. */
export function storedTime(): StringSchema {
  return ofKind('time', Joi.string().isoDate());
}

/** What names a product to other systems. It is trimmed and in NFC; capitals differ from small letters. */
export function sku(): StringSchema {
  const rule = `{{#label}} ${SKU_RULE}`;
  return ofKind(
    'sku',
    Joi.string()
      .max(MAX_RAW_SKU_LENGTH)
      .custom(readSku)
      .messages({ 'string.empty': rule, 'string.max': rule })
      .description(`It ${SKU_RULE}`),
  );
}

/** The address of something on the web. */
export function url(): StringSchema {
  return ofKind(
    'url',
    Joi.string()
      .max(MAX_URL_LENGTH)
      .uri({ scheme: ['http', 'https'] }),
  );
}

/** A data URL (RFC 2397) of one of these media types, in base64. What follows the comma is not read. */
export function dataUrl(mediaTypes: readonly string[], maxLength: number): StringSchema {
  const rule = `{{#label}} must be a data URL of ${mediaTypes.join(', ')} in base64`;
  return ofKind(
    'url',
    Joi.string()
      .max(maxLength)
      .pattern(new RegExp(`^data:(${mediaTypes.join('|')});base64,`))
      .messages({ 'string.pattern.base': rule }),
  );
}

/** Begins the address of an uploaded image, which its id follows. */
export const IMAGE_PATH = '/v1/images/';
const IMAGE_ADDRESS = new RegExp(`^${IMAGE_PATH}[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`, 'i');

/** The address of an image: of one on the web, or the path of an uploaded one. */
export function imageUrl(): StringSchema {
  const onTheWeb = url();
  return ofKind(
    'url',
    Joi.string()
      .max(MAX_URL_LENGTH)
      .custom((raw: string, helpers) => {
        if (IMAGE_ADDRESS.test(raw)) return raw.toLowerCase();
        return onTheWeb.validate(raw).error === undefined ? raw : helpers.message({ custom: IMAGE_URL_RULE });
      }),
  );
}

/** A word for programs, such as the name of an action or a cursor: visible ASCII characters. */
export function token(maxLength: number): StringSchema {
  return ofKind(
    'token',
    Joi.string()
      .max(maxLength)
      .pattern(VISIBLE_ASCII)
      .messages({ 'string.pattern.base': '{{#label}} must be visible ASCII characters' }),
  );
}

/** A password: any text, taken as it is sent. */
export function secret(maxLength: number): StringSchema {
  return ofKind('secret', Joi.string().max(maxLength));
}

function readCurrency(raw: string, helpers: CustomHelpers): string | ErrorReport {
  const code = raw.toUpperCase();
  return isCurrency(code) ? code : helpers.message({ custom: CURRENCY_RULE });
}

function readSku(raw: string, helpers: CustomHelpers): string | ErrorReport {
  const text = raw.normalize('NFC').trim();
  return SKU.test(text) && !IGNORABLE.test(text) ? text : helpers.message({ custom: `{{#label}} ${SKU_RULE}` });
}
