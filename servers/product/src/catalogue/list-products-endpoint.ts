import { AppError, requestErrors } from '@florin/app-response';
import { isStaff, requireUser } from '@florin/auth-middleware';
import { type Endpoint, endpoint } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { block, currency as currencyCode, line, sku, wholeNumber } from '@florin/values';
import type { Request } from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type BuyerLimit, readLimits } from '../buyer-limits/index.ts';
import { impliedCurrency } from './implied-currency.ts';
import { listProducts } from './list-products.ts';
import { presentProduct, withoutStaffFields } from './product.ts';
import { priceField, productId, productSchema } from './product-fields.ts';
import { type ProductSort, productSorts } from './product-orders.ts';

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
      'Words that are all in the name or the description; where none is long enough to be in the index, how the name begins',
    ),
  sku: sku().description('The product with exactly this SKU; capitals differ from small letters'),
  skuPrefix: line(64)
    .custom((text: string) => text.normalize('NFC'))
    .description('Products whose SKU begins with this; capitals differ from small letters, and no character is a wildcard'),
  categoryId: productId.description('With all categories below it'),
  currency: currencyCode().description(
    "Products priced in this currency. Without it, a list that is sorted by price, or has minPriceMinor or maxPriceMinor, shows the platform's currency alone: amounts of two currencies do not compare",
  ),
  minPriceMinor: priceField.description("In minor units of the currency: of `currency`, or else of the platform's"),
  maxPriceMinor: priceField.description("In minor units of the currency: of `currency`, or else of the platform's"),
  status: Joi.string().valid('active', 'archived').default('active').description('For staff; others see what is active'),
  inStock: Joi.boolean(),
  lowStock: Joi.boolean().description('For staff: at or below its threshold'),
  withinLimit: Joi.boolean()
    .default(false)
    .description(
      "Only what the buyer's wallet allows now by balance, spend limit and daily limit, as of page.limitAsOf; needs a token",
    ),
  sort: Joi.string()
    .valid(...productSorts)
    .default('newest')
    .description("price and -price show one currency: `currency`, or else the platform's"),
});

const limitAsOf = wholeNumber()
  .allow(null)
  .description(
    "With withinLimit: the version of the buyer's wallet (GET /v1/wallet) that was looked at; null while there is none",
  );

export function listProductsEndpoint({ db, currency }: { db: Knex; currency: string }): Endpoint {
  return endpoint({
    method: 'get',
    path: '/v1/products',
    summary: 'List products',
    access: 'anyone',
    cacheControl: 'no-cache',
    query: listQuery,
    answers: {
      200: {
        description:
          'A page of products. With a skuPrefix that more than 10,000 products have, it may hold fewer than its limit although page.nextCursor leads on',
        data: productSchema,
        isList: true,
        page: { limitAsOf },
      },
    },
    async handle({ query: { limit, cursor, sort, withinLimit, ...filter }, user, request }) {
      if (filter.status === 'archived' || filter.lowStock !== undefined) requireStaff(request);
      const limits = withinLimit ? await readLimits(db, requireUser(request).id) : undefined;
      const page = await listProducts(
        db,
        {
          ...filter,
          ...impliedCurrency(filter, { sort, platformCurrency: currency }),
          ...(limits && { within: limits.filter(({ isActive }) => isActive) }),
        },
        { limit, sort, ...(cursor === undefined ? {} : { cursor }) },
      );
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

/** Of the wallet that every buyer has; one in another currency counts in the filter only. */
function versionOf(limits: readonly BuyerLimit[], currency: string): number | null {
  return limits.find((limit) => limit.currency === currency)?.version ?? null;
}
