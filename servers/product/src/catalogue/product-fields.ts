import {
  amountMinor,
  block,
  currency,
  id,
  line,
  named,
  quantity,
  sku,
  storedCurrency,
  time,
  url,
  wholeNumber,
} from '@florin/values';
import Joi from 'joi';
import { MAX_STOCK, type Product, productsTable } from '../stock/index.ts';
import type { NewProduct } from './create-products.ts';
import type { ProductChanges } from './edit-product.ts';
import type { ProductFields } from './product.ts';

const MAX_MINOR = Number.MAX_SAFE_INTEGER;

export const productId = id();
export const priceField = amountMinor().min(0).max(MAX_MINOR);

/** The fields that staff set. The compiler requires all of them. */
export const productFields = {
  sku: sku().description("The product's name in other systems, case-sensitive"),
  name: line(200),
  description: block(10_000).allow(''),
  priceMinor: priceField,
  currency: currency(),
  categoryId: productId,
  imageUrl: url(),
  lowStockThreshold: quantity().min(0).max(MAX_STOCK).description('Stock at or below the threshold is low'),
} satisfies Record<keyof ProductFields, Joi.Schema>;

export const productStatus = named('ProductStatus', Joi.string().valid('active', 'archived'));

export const newProduct = named(
  'NewProduct',
  Joi.object<Omit<NewProduct, 'status'>, true>({
    ...productFields,
    name: productFields.name.required(),
    priceMinor: productFields.priceMinor.required(),
    categoryId: productFields.categoryId.required(),
    stock: quantity().min(0).max(MAX_STOCK).description('Opening stock in units'),
  }),
);

/** The fields of an edit: `null` removes an optional field. */
export const changeableFields = Object.fromEntries(
  Object.entries<Joi.Schema>(productFields).map(([field, schema]) => [
    field,
    productsTable.columns[field as keyof ProductFields].isNullable ? schema.allow(null) : schema,
  ]),
) as typeof productFields;

export const productChanges = named(
  'ProductChanges',
  Joi.object<ProductChanges, true>({ ...changeableFields, status: productStatus }).min(1),
);

export const productSchema = named(
  'Product',
  Joi.object({
    id: id().required(),
    sku: Joi.string().allow(null).required(),
    name: Joi.string().required(),
    description: Joi.string().allow('').required(),
    priceMinor: amountMinor().required(),
    currency: storedCurrency().required(),
    categoryId: id().required(),
    imageUrl: Joi.string().allow(null).required(),
    stock: quantity().required(),
    lowStockThreshold: quantity().allow(null).description('For staff: stock at or below the threshold is low'),
    status: productStatus.required(),
    version: wholeNumber().required(),
    createdAt: time().required(),
    updatedAt: time().required(),
  } satisfies Record<keyof Product, Joi.Schema>),
);
