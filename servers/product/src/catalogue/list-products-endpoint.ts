import { AppError, requestErrors } from '@florin/app-response';
import { isStaff, requireUser } from '@florin/auth-middleware';
import { type Endpoint, endpoint, exampleValues } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { block, currency as currencyCode, line, sku, wholeNumber } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type BuyerLimit, readLimits } from '../buyer-limits/index.ts';
import { impliedCurrency } from './implied-currency.ts';
import { isTextSearch, listProducts } from './list-products.ts';
import { presentProduct, withoutStaffFields } from './product.ts';
import { priceField, productId, productSchema, productStatus } from './product-fields.ts';
import { type ProductSort, productSorts } from './product-orders.ts';
import type { ProductSearches } from './product-searches.ts';

type ListQuery = PageRequest & {
  q?: string;
  sku?: string;
  skuPrefix?: string;
  currency?: string;
  categoryId?: string;
  minPriceMinor?: number;
  maxPriceMinor?: number;
  status: 'active' | 'archived';
  inStock?: boolean;
  lowStock?: boolean;
  withinLimit: boolean;
  sort: ProductSort;
};

const listQuery = Joi.object<ListQuery>({
  ...pageQuery,
  q: block(200)
    .allow('')
    .description(
      'Words that must all be in the name or the description. If no word is in the full-text index, the beginning of the name',
    ),
  sku: sku().description('The product with exactly this SKU, case-sensitive'),
  skuPrefix: line(64)
    .custom((text: string) => text.normalize('NFC'))
    .description('Products whose SKU begins with this text, case-sensitive, without wildcards'),
  categoryId: productId.description('Products of this category and its subcategories'),
  currency: currencyCode().description(
    "Products priced in this currency. The default is the platform's currency if the list is sorted by price or has minPriceMinor or maxPriceMinor, else all currencies",
  ),
  minPriceMinor: priceField.description("In minor units of `currency`, else of the platform's currency"),
  maxPriceMinor: priceField.description("In minor units of `currency`, else of the platform's currency"),
  status: productStatus.default('active').description('archived is for staff only'),
  inStock: Joi.boolean(),
  lowStock: Joi.boolean().description('For staff: whether the stock is at or below the threshold'),
  withinLimit: Joi.boolean()
    .default(false)
    .description(
      "true: only products that the balance, spend limit and daily limit of the buyer's wallet allow, as of page.limitAsOf. Requires a token",
    ),
  sort: Joi.string()
    .valid(...productSorts)
    .default('newest')
    .description("price and -price show one currency: `currency`, else the platform's"),
});

const limitAsOf = wholeNumber()
  .allow(null)
  .description(
    "With withinLimit: the version of the buyer's wallet (GET /v1/wallet) that the filter used; null before the wallet is known",
  );

type Dependencies = { db: Knex; currency: string; searches: ProductSearches };

export function listProductsEndpoint({ db, currency, searches }: Dependencies): Endpoint {
  return endpoint({
    operationId: 'listProducts',
    method: 'get',
    path: '/v1/products',
    summary: 'List products',
    access: 'anyone',
    cacheControl: 'no-cache',
    query: listQuery,
    errors: [requestErrors.UNAUTHENTICATED, requestErrors.FORBIDDEN],
    example: { query: { categoryId: exampleValues.categoryId, inStock: true, sort: 'price' } },
    answers: {
      200: {
        description:
          'A page of products. If more than 10,000 products have the skuPrefix, a page may have fewer than limit although page.nextCursor is set',
        data: productSchema,
        isList: true,
        page: { limitAsOf },
      },
    },
    async handle({ query: { limit, cursor, sort, withinLimit, ...filter }, user, request }) {
      if (filter.status === 'archived' || filter.lowStock !== undefined) requireStaff(request);
      const limits = withinLimit ? await readLimits(db, requireUser(request).id) : undefined;
      const wanted = {
        ...filter,
        ...impliedCurrency(filter, { sort, platformCurrency: currency }),
        ...(limits && { within: limits.filter(({ isActive }) => isActive) }),
      };
      const list = (from: Knex) => listProducts(from, wanted, { limit, sort, ...(cursor === undefined ? {} : { cursor }) });
      const page = isTextSearch(filter) ? await searches.run({ request, isAnonymous: user === undefined }, list) : await list(db);
      const shown = pageEnvelope(page, (row) => (isStaff(user) ? presentProduct(row) : withoutStaffFields(presentProduct(row))));
      return {
        status: 200,
        body: { ...shown, page: { ...shown.page, ...(limits && { limitAsOf: versionOf(limits, currency) }) } },
      };
    },
  });
}

function requireStaff(request: Request): void {
  if (!isStaff(requireUser(request))) throw new AppError(requestErrors.FORBIDDEN);
}

/** The version of the wallet in the platform's currency, which every buyer has. */
function versionOf(limits: readonly BuyerLimit[], currency: string): number | null {
  return limits.find((limit) => limit.currency === currency)?.version ?? null;
}
