import { type AuthenticatedUser, isStaff } from '@florin/auth-middleware';
import type { Transact } from '@florin/database';
import { type Endpoint, endpoint, etagOf, ifMatchHeader, ifMatchOf, reply } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import Joi from 'joi';
import type { Knex } from 'knex';
import type { Product } from '../stock/index.ts';
import { archiveProduct } from './archive-product.ts';
import { createProducts } from './create-products.ts';
import { editProduct } from './edit-product.ts';
import { listProductsEndpoint } from './list-products-endpoint.ts';
import { withoutStaffFields } from './product.ts';
import { newProduct, productChanges, productId, productSchema } from './product-fields.ts';
import type { ProductSearches } from './product-searches.ts';
import { readProduct } from './read-product.ts';

/** Fits a product whose texts have their maximum length, with each character escaped. */
const MAX_PRODUCT_BYTES = 256 * 1024;

const idParams = Joi.object<{ id: string }, true>({ id: productId.required() });

type Dependencies = { db: Knex; transact: Transact; currency: string; searches: ProductSearches };

export function productRoutes({ db, transact, currency, searches }: Dependencies): Endpoint[] {
  const get = endpoint({
    method: 'get',
    path: '/v1/products/:id',
    summary: 'Read a product',
    access: 'anyone',
    cacheControl: 'no-cache',
    params: idParams,
    answers: { 200: { description: 'The product', data: productSchema } },
    handle: async ({ params, user }) => replyWith(200, await readProduct(db, params.id), { user }),
  });

  const create = endpoint({
    method: 'post',
    path: '/v1/products',
    summary: 'Create a product',
    access: 'staff',
    body: newProduct,
    maxBodyBytes: MAX_PRODUCT_BYTES,
    answers: { 201: { description: 'The new product', data: productSchema } },
    async handle({ body, user }) {
      const product = await transact(async (trx) => {
        const [id = ''] = await createProducts(trx, [body], { currency });
        const after = await readProduct(trx, id);
        await appendAuditEntry(trx, { actorId: user.id, action: 'product.create', subject: id, after });
        return after;
      });
      return replyWith(201, product, { user, headers: { Location: `/v1/products/${product.id}` } });
    },
  });

  const edit = endpoint({
    method: 'patch',
    path: '/v1/products/:id',
    summary: 'Change a product; purchases keep their name and price',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    body: productChanges,
    maxBodyBytes: MAX_PRODUCT_BYTES,
    answers: { 200: { description: 'The changed product', data: productSchema } },
    async handle({ params, body, user, request }) {
      const edited = { id: params.id, ifMatch: ifMatchOf(request), changes: body, by: user.id };
      return replyWith(200, await transact((trx) => editProduct(trx, edited)), { user });
    },
  });

  const archive = endpoint({
    method: 'delete',
    path: '/v1/products/:id',
    summary: 'Archive a product',
    access: 'staff',
    params: idParams,
    headers: ifMatchHeader,
    answers: { 204: { description: 'The product is archived' } },
    async handle({ params, user, request }) {
      const ifMatch = ifMatchOf(request);
      await transact((trx) => archiveProduct(trx, params.id, { ifMatch, by: user.id }));
      return { status: 204 };
    },
  });

  return [listProductsEndpoint({ db, currency, searches }), get, create, edit, archive];
}

type For = { user: AuthenticatedUser | undefined; headers?: Record<string, string> };

function replyWith(status: number, product: Product, { user, headers = {} }: For) {
  const shown = isStaff(user) ? product : withoutStaffFields(product);
  return reply(status, shown, { ...headers, ETag: etagOf(product) });
}
