import { AppError, requestErrors } from '@florin/app-response';
import { isStaff } from '@florin/auth-middleware';
import { linkHeader, type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { type Endpoint, endpoint, reply, type Transact } from '@florin/runtime';
import Joi from 'joi';
import type { Knex } from 'knex';
import { readLimits } from '../limits/read-limits.ts';
import { archiveProduct } from './archive-product.ts';
import { createProducts, type NewProduct } from './create-products.ts';
import { versionOf } from './if-match.ts';
import { presentProduct, productSchema } from './product.ts';
import { listProducts, type ProductSort, readProduct } from './read-products.ts';

const MAX_MINOR = Number.MAX_SAFE_INTEGER;
const MAX_STOCK = 1_000_000_000;

const idParams = Joi.object<{ id: string }, true>({ id: Joi.string().guid().required() });

type ListQuery = PageRequest & {
  categoryId?: string;
  minPriceMinor?: number;
  maxPriceMinor?: number;
  status?: 'active' | 'archived';
  inStock?: boolean;
  withinLimit?: boolean;
  sort: ProductSort;
};
const listQuery = Joi.object<ListQuery>({
  ...pageQuery,
  categoryId: Joi.string().guid(),
  minPriceMinor: Joi.number().integer().min(0).max(MAX_MINOR),
  maxPriceMinor: Joi.number().integer().min(0).max(MAX_MINOR),
  status: Joi.string().valid('active', 'archived').description('For staff; others see what is active'),
  inStock: Joi.boolean(),
  withinLimit: Joi.boolean().description("Only what the buyer's wallet allows now; needs a token"),
  sort: Joi.string().valid('newest', 'price', '-price', 'name').default('newest'),
});

const newProduct = Joi.object<NewProduct, true>({
  name: Joi.string().trim().min(1).max(200).required(),
  description: Joi.string().allow('').max(10_000),
  priceMinor: Joi.number().integer().min(0).max(MAX_MINOR).required(),
  currency: Joi.string().length(3).uppercase(),
  categoryId: Joi.string().guid().required(),
  imageUrl: Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .max(2000),
  stock: Joi.number().integer().min(0).max(MAX_STOCK),
});

export function productRoutes({ db, transact, currency }: { db: Knex; transact: Transact; currency: string }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/v1/products',
      summary: 'List products',
      access: 'anyone',
      query: listQuery,
      answers: { 200: { description: 'A page of products', data: productSchema, isList: true } },
      async handle({ query: { limit, cursor, sort, status = 'active', withinLimit = false, ...filter }, user, request }) {
        if (status === 'archived' && !isStaff(user))
          throw new AppError(user ? requestErrors.FORBIDDEN : requestErrors.UNAUTHENTICATED);
        if (withinLimit && user === undefined) throw new AppError(requestErrors.UNAUTHENTICATED);
        const within = withinLimit && user ? { within: await readLimits(db, user.id) } : {};
        const page = await listProducts(
          db,
          { ...filter, status, ...within },
          { limit, sort, ...(cursor === undefined ? {} : { cursor }) },
        );
        return {
          status: 200,
          body: pageEnvelope(page, presentProduct),
          headers: linkHeader(request.originalUrl, page.nextCursor),
        };
      },
    }),
    endpoint({
      method: 'get',
      path: '/v1/products/:id',
      summary: 'Read a product',
      access: 'anyone',
      params: idParams,
      answers: { 200: { description: 'The product', data: productSchema } },
      async handle({ params }) {
        const product = await readProduct(db, params.id);
        return reply(200, product, { ETag: `"${product.version}"` });
      },
    }),
    endpoint({
      method: 'post',
      path: '/v1/products',
      summary: 'Create a product',
      access: 'staff',
      body: newProduct,
      answers: { 201: { description: 'The new product', data: productSchema } },
      async handle({ body }) {
        const product = await transact(async (trx) => {
          const [id = ''] = await createProducts(trx, [body], { currency });
          return readProduct(trx, id);
        });
        return reply(201, product, { Location: `/v1/products/${product.id}`, ETag: `"${product.version}"` });
      },
    }),
    endpoint({
      method: 'delete',
      path: '/v1/products/:id',
      summary: 'Archive a product',
      access: 'staff',
      params: idParams,
      headers: { 'If-Match': { description: 'The ETag that you read', required: true } },
      answers: { 204: { description: 'It is off sale' } },
      async handle({ params, request }) {
        const version = versionOf(request);
        await transact((trx) => archiveProduct(trx, params.id, { version }));
        return { status: 204 };
      },
    }),
  ];
}
