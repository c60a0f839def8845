import {
  amountMinor,
  barcode,
  block,
  currency,
  id,
  imageUrl,
  line,
  list,
  named,
  pairs,
  percent,
  quantity,
  sku,
  slug,
  storedCurrency,
  time,
  wholeNumber,
} from '@florin/values';
import Joi, { type CustomHelpers, type ErrorReport, type StringSchema } from 'joi';
import { addressOf } from '../images/index.ts';
import { MAX_STOCK, productsTable } from '../stock/index.ts';
import type { GivenOptions } from './give-options.ts';
import type { NewProduct } from './insert-products.ts';
import type { NewVariant } from './insert-variants.ts';
import type { ProductChanges } from './merge-product.ts';
import {
  type ProductFields,
  type ProductImage,
  productStatuses,
  type SharedField,
  type ShownProduct,
  sharedFields,
} from './product.ts';
import { MAX_VARIANTS } from './variant-errors.ts';

const MAX_MINOR = Number.MAX_SAFE_INTEGER;
const MAX_WEIGHT_GRAMS = 1_000_000_000;
/** How many of each a product may have, and how long each may be, in UTF-16 units. */
export const productLimits = {
  options: 3,
  tags: 20,
  tagLength: 40,
  attributes: 50,
  attributeNameLength: 40,
  attributeValueLength: 200,
  images: 10,
  altLength: 200,
} as const;
export const MAX_CATEGORIES_OF_PRODUCT = 20;

export const productId = id();
export const priceField = amountMinor().min(0).max(MAX_MINOR);
export const brandField = word(100);
/** In a CSV file, commas separate tags. */
export const tagField = word(productLimits.tagLength).custom(requireNoComma);
export const attributeName = word(productLimits.attributeNameLength);
export const attributeValue = word(productLimits.attributeValueLength);

/** Text that is compared exactly: two spellings of one letter are one. */
function word(maxLength: number): StringSchema {
  return line(maxLength).custom((text: string) => text.normalize('NFC'));
}

function requireNoComma(text: string, helpers: CustomHelpers): string | ErrorReport {
  return text.includes(',') ? helpers.message({ custom: '{{#label}} must not have a comma' }) : text;
}

const newImage = named(
  'NewProductImage',
  Joi.object<ProductImage & { imageId?: string }>({
    imageId: id().description('An image that staff uploaded with the purpose product'),
    url: imageUrl().description('Instead of imageId: the address of an image elsewhere on the web, or the `url` of an answer'),
    alt: line(productLimits.altLength).allow('').default('').description('Describes the image for those who do not see it'),
  })
    .or('imageId', 'url')
    .custom(readImage),
);

/** An uploaded image is stored by its address, which the release before shows as it is. */
function readImage(
  { imageId, url, alt }: ProductImage & { imageId?: string },
  helpers: CustomHelpers,
): ProductImage | ErrorReport {
  if (imageId === undefined) return { url, alt };
  const address = addressOf(imageId);
  if (url === undefined || url === address) return { url: address, alt };
  return helpers.message({ custom: '{{#label}} must have imageId or url, or the url of imageId' });
}

/** The fields that staff set. The compiler requires all of them. */
export const productFields = {
  sku: sku().description("The product's name in other systems, case-sensitive"),
  name: line(200),
  slug: slug().description("The product's name in the address of its page. Default: made from the name"),
  description: block(10_000).allow(''),
  brand: brandField,
  barcode: barcode().description('Trade item number (GTIN) of 8, 12, 13 or 14 digits'),
  priceMinor: priceField.description('Tax included'),
  compareAtPriceMinor: amountMinor().min(1).max(MAX_MINOR).description('The former price, above priceMinor'),
  currency: currency(),
  taxRatePercent: percent().description('The tax that the price includes. Default: the rate of the shop'),
  categoryId: productId.description('The main category: the first of categoryIds'),
  categoryIds: list(MAX_CATEGORIES_OF_PRODUCT)
    .items(productId)
    .min(1)
    .unique()
    .description('All categories; the first is the main one. Default: the main one alone'),
  imageUrl: imageUrl().description('The url of the first of images'),
  images: list(productLimits.images).items(newImage),
  tags: list(productLimits.tags).items(tagField).unique().description('Words without a comma, each once'),
  attributes: pairs(productLimits.attributes, { name: attributeName, value: attributeValue }).description(
    'Further facts, such as {"Colour": "red"}',
  ),
  weightGrams: quantity().min(0).max(MAX_WEIGHT_GRAMS),
  lowStockThreshold: quantity().min(0).max(MAX_STOCK).description('Stock at or below the threshold is low'),
} satisfies Record<keyof ProductFields, Joi.Schema>;

export const productStatus = named('ProductStatus', Joi.string().valid(...productStatuses));

export const optionNameField = word(40);
export const optionValueField = word(60);

export const optionsField = list(productLimits.options)
  .min(1)
  .items(optionNameField)
  .unique()
  .description('The names of the options');
export const optionValuesField = pairs(productLimits.options, { name: optionNameField, value: optionValueField })
  .min(1)
  .description('A value for each option, by the name of the option');
const openingStock = quantity().min(0).max(MAX_STOCK).description('Opening stock in units');

/** The fields that each variant has of its own. */
const variantFields = Object.fromEntries(
  Object.entries<Joi.Schema>(productFields).filter(([field]) => !sharedFields.includes(field as SharedField)),
) as Omit<typeof productFields, SharedField>;

export const newVariant = named(
  'NewProductVariant',
  Joi.object<NewVariant, true>({
    ...variantFields,
    priceMinor: variantFields.priceMinor.description('Default: the price of the product'),
    optionValues: optionValuesField.required(),
    status: productStatus.description('Default: the status of the product'),
    stock: openingStock,
  }),
);
export const newVariants = list(MAX_VARIANTS).items(newVariant);

export const newProduct = named(
  'NewProduct',
  Joi.object<NewProduct & { variants?: NewVariant[] }, true>({
    ...productFields,
    name: productFields.name.required(),
    priceMinor: productFields.priceMinor.required(),
    stock: openingStock.description('Opening stock in units. A product with options has none: its variants have'),
    status: productStatus.default('active').description('draft: buyers do not see the product yet'),
    options: optionsField.description('The names of the options. The product then has variants, which are sold'),
    variants: newVariants.description('The variants, if the product has options'),
  }).or('categoryId', 'categoryIds'),
);

export const givenOptions = named(
  'ProductOptions',
  Joi.object<GivenOptions, true>({
    options: optionsField.required(),
    optionValues: optionValuesField.required().description('The values of the existing product, which becomes the first variant'),
    variants: list(MAX_VARIANTS - 1)
      .items(newVariant)
      .description('Further variants'),
  }),
);

/** Emptied by an empty list, not by null. */
const lists: readonly string[] = ['categoryIds', 'images', 'tags', 'attributes'] satisfies (keyof ProductFields)[];

/** The fields of an edit: `null` removes an optional field. */
export const changeableFields = Object.fromEntries(
  Object.entries<Joi.Schema>(productFields).map(([field, schema]) => [
    field,
    !lists.includes(field) && productsTable.columns[field as keyof typeof productsTable.columns].isNullable
      ? schema.allow(null)
      : schema,
  ]),
) as typeof productFields;

export const productChanges = named(
  'ProductChanges',
  Joi.object<ProductChanges, true>({
    ...changeableFields,
    status: productStatus.description('The variants of a product leave the sale with it, and come back with it'),
    options: optionsField.description('Of a product with options, while it has no variants'),
    optionValues: optionValuesField.description('Of a variant'),
  }).min(1),
);

const image = named(
  'ProductImage',
  Joi.object({
    imageId: id().description('If the image was uploaded: `/v1/images/{imageId}` has it in several sizes and formats'),
    url: Joi.string().required().description('Of an uploaded image its path, such as `/v1/images/{imageId}`'),
    alt: Joi.string().allow('').required(),
  }),
);

const shownFields = {
  id: id().required(),
  sku: Joi.string().allow(null).required(),
  name: Joi.string().required(),
  slug: Joi.string().allow(null).required().description('null until the first edit of a product from an earlier release'),
  description: Joi.string().allow('').required(),
  brand: Joi.string().allow(null).required(),
  barcode: Joi.string().allow(null).required(),
  priceMinor: amountMinor().required().description('Tax included'),
  compareAtPriceMinor: amountMinor().allow(null).required().description('The former price, above priceMinor'),
  currency: storedCurrency().required(),
  taxRatePercent: percent().allow(null).required().description('The tax that the price includes; null: the rate of the shop'),
  categoryId: id().required(),
  categoryIds: Joi.array().items(id()).required().description('All categories; the first is the main one'),
  imageUrl: Joi.string().allow(null).required().description('The url of the first of images'),
  images: Joi.array().items(image).required(),
  tags: Joi.array().items(Joi.string()).required(),
  attributes: Joi.object().pattern(Joi.string(), Joi.string()).required(),
  weightGrams: quantity().allow(null).required(),
  stock: quantity().required(),
  lowStockThreshold: quantity().allow(null).description('For staff: stock at or below the threshold is low'),
  status: productStatus.required(),
  parentId: id().description('The product with the options, if this is a variant'),
  options: Joi.array()
    .items(Joi.string())
    .description('The names of the options, if the product has variants. It has no stock, and only its variants are sold'),
  optionValues: Joi.object().pattern(Joi.string(), Joi.string()).description('The value of each option, if this is a variant'),
  version: wholeNumber().required(),
  createdAt: time().required(),
  updatedAt: time().required(),
} satisfies Record<keyof ShownProduct, Joi.Schema>;

const { parentId: _of, options: _names, ...ownFields } = shownFields;
const variantSchema = named(
  'ProductVariant',
  Joi.object({
    ...Object.fromEntries(
      Object.entries<Joi.Schema>(ownFields).filter(([field]) => !sharedFields.includes(field as SharedField)),
    ),
    currency: shownFields.currency,
    optionValues: ownFields.optionValues.required(),
  }),
);

export const productSchema = named(
  'Product',
  Joi.object({
    ...shownFields,
    variantId: id().description(
      'In a list, of a product with options: its cheapest variant that matches the filters. `priceMinor` and `stock` are those of the variant',
    ),
    variants: Joi.array()
      .items(variantSchema)
      .description('Of one product with options: its variants, by price. Archived ones are for staff'),
  }),
);
