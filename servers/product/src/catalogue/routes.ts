import { isStaff } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, exampleValues, ifMatchHeader, ifMatchOf } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import Joi from 'joi';
import type { Knex } from 'knex';
import { imageErrors } from '../images/index.ts';
import { archiveProduct } from './archive-product.ts';
import { categoryErrors } from './category-errors.ts';
import { createFamily, type NewFamily } from './create-family.ts';
import { editProduct } from './edit-product.ts';
import { isSlugTaken, productErrors } from './errors.ts';
import type { ProductDefaults } from './insert-products.ts';
import { listProductsEndpoint } from './list-products-endpoint.ts';
import { newProduct, productChanges, productId, productSchema } from './product-fields.ts';
import type { ProductSearches } from './product-searches.ts';
import { productNotFound, readProduct } from './read-product.ts';
import { replyWith } from './reply-with.ts';
import { familyErrors, variantErrors } from './variant-errors.ts';
import { variantRoutes } from './variant-routes.ts';

/** Fits a product whose texts have their maximum length, with each character escaped. */
const MAX_PRODUCT_BYTES = 256 * 1024;

const idParams = Joi.object<{ id: string }, true>({ id: productId.required() });

const links = { getProduct: { id: 'id' }, updateProduct: { id: 'id' }, listStockMovements: { id: 'id' } };

type Dependencies = { db: Knex; transact: Transact; defaults: ProductDefaults; searches: ProductSearches };

export function productRoutes({ db, transact, defaults, searches }: Dependencies): Endpoint[] {
  const get = endpoint({
    operationId: 'getProduct',
    method: 'get',
    path: '/v1/products/:id',
    summary: 'Read a product',
    access: 'anyone',
    cacheControl: 'no-cache',
    params: idParams,
    example: { params: { id: exampleValues.productId } },
    answers: { 200: { description: 'The product', data: productSchema, headers: ['ETag'], links } },
    async handle({ params, user }) {
      const product = await readProduct(db, params.id);
      if (product.status === 'draft' && !isStaff(user)) throw productNotFound(params.id);
      return replyWith(200, product, { db, user });
    },
  });

  const create = endpoint({
    operationId: 'createProduct',
    method: 'post',
    path: '/v1/products',
    summary: 'Create a product, or a product with options and its variants',
    access: 'staff',
    body: newProduct,
    maxBodyBytes: MAX_PRODUCT_BYTES,
    errors: [
      categoryErrors.CATEGORY_NOT_FOUND,
      imageErrors.IMAGE_UNKNOWN,
      productErrors.SKU_TAKEN,
      productErrors.SLUG_TAKEN,
      variantErrors.VARIANT_EXISTS,
      variantErrors.PARENT_NOT_ACTIVE,
    ],
    example: {
      body: {
        sku: 'TEA-ASSAM-100',
        name: 'Assam, 100 g',
        description: 'Black tea, strong and malty',
        brand: 'Leaf & Pot',
        barcode: '4006381333931',
        priceMinor: 1250,
        compareAtPriceMinor: 1490,
        currency: 'EUR',
        taxRatePercent: 7,
        categoryId: exampleValues.categoryId,
        images: [{ url: 'https://shop.example/assam.jpg', alt: 'A tin of tea' }],
        tags: ['black', 'loose leaf'],
        attributes: { Origin: 'India', Caffeine: 'high' },
        weightGrams: 120,
        stock: 40,
      },
    },
    answers: { 201: { description: 'The new product', data: productSchema, headers: ['ETag', 'Location'], links } },
    async handle({ body, user }) {
      const product = await transact(
        async (trx) => {
          const id = await createFamily(trx, body, defaults);
          const after = await readProduct(trx, id);
          const made = { actorId: user.id, action: 'product.create', subject: id };
          await appendAuditEntry(trx, { ...made, after: { ...after, variants: body.variants?.length ?? 0 } });
          return after;
        },
        (error) => isSlugTaken(error) && !hasSlugs(body),
      );
      return replyWith(201, product, { db, user, headers: { Location: `/v1/products/${product.id}` } });
    },
  });

  const edit = endpoint({
    operationId: 'updateProduct',
    method: 'patch',
    path: '/v1/products/:id',
    summary: 'Change a product; purchases keep their name and price',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    body: productChanges,
    maxBodyBytes: MAX_PRODUCT_BYTES,
    errors: [
      categoryErrors.CATEGORY_NOT_FOUND,
      imageErrors.IMAGE_UNKNOWN,
      productErrors.SKU_TAKEN,
      productErrors.SLUG_TAKEN,
      ...familyErrors,
    ],
    example: { params: { id: exampleValues.productId }, body: { priceMinor: 1350 } },
    answers: { 200: { description: 'The changed product', data: productSchema, headers: ['ETag'], links } },
    async handle({ params, body, user, request }) {
      const edited = { id: params.id, ifMatch: ifMatchOf(request), changes: body, by: user.id };
      const isRetriable = (error: unknown): boolean => typeof body.slug !== 'string' && isSlugTaken(error);
      return replyWith(200, await transact((trx) => editProduct(trx, edited), isRetriable), { db, user });
    },
  });

  const archive = endpoint({
    operationId: 'archiveProduct',
    method: 'delete',
    path: '/v1/products/:id',
    summary: 'Archive a product, and its variants with it',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    example: { params: { id: exampleValues.productId } },
    answers: { 204: { description: 'The product is archived' } },
    async handle({ params, user, request }) {
      const ifMatch = ifMatchOf(request);
      await transact((trx) => archiveProduct(trx, params.id, { ifMatch, by: user.id }));
      return { status: 204 };
    },
  });

  return [
    listProductsEndpoint({ db, currency: defaults.currency, searches }),
    get,
    create,
    edit,
    archive,
    ...variantRoutes({ db, transact }),
  ];
}

/** Without a given slug, a retry makes other ones. */
function hasSlugs({ slug, variants = [] }: NewFamily): boolean {
  return [slug, ...variants.map((variant) => variant.slug)].some((given) => typeof given === 'string');
}
