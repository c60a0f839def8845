import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, ifMatchHeader, ifMatchOf } from '@florin/http';
import { named } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { imageErrors } from '../images/index.ts';
import { addVariants } from './add-variants.ts';
import { productErrors } from './errors.ts';
import { giveOptions } from './give-options.ts';
import type { NewVariant } from './insert-variants.ts';
import { givenOptions, newVariants, productId, productSchema } from './product-fields.ts';
import { readProduct } from './read-product.ts';
import { replyWith } from './reply-with.ts';
import { variantErrors } from './variant-errors.ts';

/** Fits the maximum number of variants with their longest texts. */
const MAX_VARIANTS_BYTES = 256 * 1024;

const idParams = Joi.object<{ id: string }, true>({ id: productId.required() });
const addedVariants = named(
  'NewProductVariants',
  Joi.object<{ variants: NewVariant[] }, true>({ variants: newVariants.min(1).required() }),
);
const links = { getProduct: { id: 'id' }, updateProduct: { id: 'id' } };
const errors = [
  imageErrors.IMAGE_UNKNOWN,
  productErrors.SKU_TAKEN,
  variantErrors.VARIANT_EXISTS,
  variantErrors.TOO_MANY_VARIANTS,
  variantErrors.PARENT_NOT_ACTIVE,
];

type Dependencies = { db: Knex; transact: Transact };

export function variantRoutes({ db, transact }: Dependencies): Endpoint[] {
  const add = endpoint({
    operationId: 'createProductVariants',
    method: 'post',
    path: '/v1/products/:id/variants',
    summary: 'Add variants to a product with options, all or none',
    access: 'staff',
    params: idParams,
    body: addedVariants,
    maxBodyBytes: MAX_VARIANTS_BYTES,
    errors: [...errors, variantErrors.PRODUCT_HAS_NO_OPTIONS],
    example: {
      params: { id: exampleValues.productId },
      body: { variants: [{ optionValues: { Size: 'XL' }, sku: 'SHIRT-XL', stock: 12 }] },
    },
    answers: {
      201: { description: 'The product with all its variants', data: productSchema, headers: ['ETag', 'Location'], links },
    },
    async handle({ params, body: { variants }, user }) {
      await transact((trx) => addVariants(trx, params.id, { variants, by: user.id }));
      const headers = { Location: `/v1/products/${params.id}` };
      return replyWith(201, await readProduct(db, params.id), { db, user, headers });
    },
  });

  const give = endpoint({
    operationId: 'createProductOptions',
    method: 'post',
    path: '/v1/products/:id/options',
    summary: 'Give options to a product. It becomes the first variant of a new product and keeps its id, price and stock',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    body: givenOptions,
    maxBodyBytes: MAX_VARIANTS_BYTES,
    errors: [...errors, variantErrors.PRODUCT_HAS_OPTIONS],
    example: {
      params: { id: exampleValues.productId },
      body: { options: ['Size'], optionValues: { Size: 'M' }, variants: [{ optionValues: { Size: 'L' }, stock: 12 }] },
    },
    answers: {
      201: { description: 'The new product with the options', data: productSchema, headers: ['ETag', 'Location'], links },
    },
    async handle({ params, body, user, request }) {
      const given = { ifMatch: ifMatchOf(request), given: body, by: user.id };
      const parentId = await transact((trx) => giveOptions(trx, params.id, given));
      const headers = { Location: `/v1/products/${parentId}` };
      return replyWith(201, await readProduct(db, parentId), { db, user, headers });
    },
  });

  return [add, give];
}
