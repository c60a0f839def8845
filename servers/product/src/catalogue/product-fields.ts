import { amountMinor, block, currency, id, line, quantity, sku, url } from '@florin/values';
import Joi from 'joi';
import { MAX_STOCK } from '../stock/index.ts';
import type { NewProduct } from './create-products.ts';
import type { ProductChanges } from './edit-product.ts';

const MAX_MINOR = Number.MAX_SAFE_INTEGER;

export const productId = id();
export const priceField = amountMinor().min(0).max(MAX_MINOR);

export const productFields = {
  sku: sku().description('Names the product to other systems; upper and lower case differ'),
  name: line(200),
  description: block(10_000).allow(''),
  priceMinor: priceField,
  currency: currency(),
  categoryId: productId,
  imageUrl: url(),
  lowStockThreshold: quantity().min(0).max(MAX_STOCK).description('Stock at or below it is low'),
};

export const newProduct = Joi.object<Omit<NewProduct, 'status'>, true>({
  ...productFields,
  name: productFields.name.required(),
  priceMinor: productFields.priceMinor.required(),
  categoryId: productFields.categoryId.required(),
  stock: quantity().min(0).max(MAX_STOCK).description('Units at the opening'),
});

/** `null` takes away what a product need not have. */
export const productChanges = Joi.object<ProductChanges, true>({
  ...productFields,
  sku: productFields.sku.allow(null),
  imageUrl: productFields.imageUrl.allow(null),
  lowStockThreshold: productFields.lowStockThreshold.allow(null),
  status: Joi.string().valid('active', 'archived'),
}).min(1);
