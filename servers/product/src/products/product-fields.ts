import Joi from 'joi';
import type { NewProduct } from './create-products.ts';
import type { ProductChanges } from './edit-product.ts';

const MAX_MINOR = Number.MAX_SAFE_INTEGER;
export const MAX_STOCK = 1_000_000_000;
/** Begins with a letter or a digit, so that no spreadsheet takes it for a formula. */
const SKU = /^[A-Za-z0-9][\w./:+#-]{0,63}$/;

export const productId = Joi.string().guid({ separator: '-' }).lowercase();
export const priceField = Joi.number().integer().min(0).max(MAX_MINOR);

export const productFields = {
  sku: Joi.string().pattern(SKU, 'SKU').description('Names the product to other systems; upper and lower case differ'),
  name: Joi.string().trim().min(1).max(200),
  description: Joi.string().allow('').max(10_000),
  priceMinor: priceField,
  currency: Joi.string().pattern(/^[A-Z]{3}$/, 'ISO 4217'),
  categoryId: productId,
  imageUrl: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .max(2000),
  lowStockThreshold: Joi.number().integer().min(0).max(MAX_STOCK).description('Stock at or below it is low'),
};

export const newProduct = Joi.object<NewProduct, true>({
  ...productFields,
  name: productFields.name.required(),
  priceMinor: productFields.priceMinor.required(),
  categoryId: productFields.categoryId.required(),
  stock: Joi.number().integer().min(0).max(MAX_STOCK).description('Units at the opening'),
});

/** `null` takes away what a product need not have. */
export const productChanges = Joi.object<ProductChanges, true>({
  ...productFields,
  sku: productFields.sku.allow(null),
  imageUrl: productFields.imageUrl.allow(null),
  lowStockThreshold: productFields.lowStockThreshold.allow(null),
  status: Joi.string().valid('active', 'archived'),
}).min(1);
