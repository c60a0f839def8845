import { AppError, requestErrors } from '@florin/app-response';
import { isStaff, requireUser } from '@florin/auth-middleware';
import { type Endpoint, endpoint, exampleValues } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { barcode, block, currency as currencyCode, line, sku, slug, wholeNumber } from '@florin/values';
import type { Request } from 'express';
import Joi, { type CustomHelpers, type ErrorReport } from 'joi';
import type { Knex } from 'knex';
import { type BuyerLimit, readLimits } from '../buyer-limits/index.ts';
import { countFacets } from './count-facets.ts';
import { type FacetName, facetsField, facetsSchema } from './facets.ts';
import { impliedCurrency } from './implied-currency.ts';
import { isTextSearch, listProducts, type ProductSearch } from './list-products.ts';
import { type ProductStatus, showListed } from './product.ts';
import {
  attributeName,
  attributeValue,
  brandField,
  priceField,
  productId,
  productSchema,
  productStatus,
  tagField,
} from './product-fields.ts';
import { type Label, tagLabel } from './product-labels.ts';
import { type ListSort, listSorts } from './product-orders.ts';
import type { ProductSearches } from './product-searches.ts';

type ListQuery = PageRequest & {
  q?: string;
  sku?: string;
  skuPrefix?: string;
  slug?: string;
  barcode?: string;
  brand?: string;
  tag?: string;
  [attribute: `attribute.${string}`]: string;
  currency?: string;
  categoryId?: string;
  minPriceMinor?: number;
  maxPriceMinor?: number;
  status: ProductStatus;
  inStock?: boolean;
  lowStock?: boolean;
  withinLimit: boolean;
  sort?: ListSort;
  facets?: readonly FacetName[];
};

const ATTRIBUTE = /^attribute\./;
/** Each is looked up by itself. */
const MAX_ATTRIBUTES = 5;

type ListFilter = Omit<ListQuery, 'limit' | 'cursor' | 'sort' | 'withinLimit' | 'facets'>;

const listQuery = Joi.object<ListQuery>({
  ...pageQuery,
  q: block(200)
    .allow('')
    .description(
      'Words, or their beginnings from three letters on, that must all be in the SKU, name, brand or description, except words that most products have. If no product has them all, each longer word may have one typing error',
    ),
  sku: sku().description('The product with exactly this SKU, case-sensitive'),
  skuPrefix: line(64)
    .custom((text: string) => text.normalize('NFC'))
    .description('Products whose SKU begins with this text, case-sensitive, without wildcards'),
  slug: slug().description('The product with exactly this slug'),
  barcode: barcode().description('Products with exactly this barcode'),
  brand: brandField.description('Products of exactly this brand, case-sensitive'),
  tag: tagField.description('Products with exactly this tag, case-sensitive'),
  categoryId: productId.description('Products of this category and its subcategories'),
  currency: currencyCode().description(
    "Products priced in this currency. The default is the platform's currency if the list is sorted by price, has minPriceMinor or maxPriceMinor, or counts the facet price, else all currencies",
  ),
  minPriceMinor: priceField.description("In minor units of `currency`, else of the platform's currency"),
  maxPriceMinor: priceField.description("In minor units of `currency`, else of the platform's currency"),
  status: productStatus.default('active').description('draft and archived are for staff only'),
  inStock: Joi.boolean(),
  lowStock: Joi.boolean().description('For staff: whether the stock is at or below the threshold'),
  withinLimit: Joi.boolean()
    .default(false)
    .description(
      "true: only products that the balance, spend limit and daily limit of the buyer's wallet allow, as of page.limitAsOf. Requires a token",
    ),
  sort: Joi.string()
    .valid(...listSorts)
    .description(
      "Default: relevance with q, else newest. relevance is the best match first; without q, or if more than 5,000 products have each word of q, it is newest. price and -price show one currency: `currency`, else the platform's",
    ),
  facets: facetsField,
})
  .pattern(
    ATTRIBUTE,
    attributeValue.description(
      'attribute.<name>=<value>: products with exactly this value of the attribute, case-sensitive. At most 5 attributes',
    ),
  )
  .custom(requireAttributes);

function requireAttributes(query: ListQuery, helpers: CustomHelpers): ListQuery | ErrorReport {
  const names = Object.keys(query).filter((name) => ATTRIBUTE.test(name));
  if (names.length > MAX_ATTRIBUTES) return helpers.message({ custom: `at most ${MAX_ATTRIBUTES} attributes are allowed` });
  const unnamed = names.find((name) => attributeName.validate(name.replace(ATTRIBUTE, '')).error !== undefined);
  return unnamed === undefined ? query : helpers.message({ custom: 'attribute. must be followed by the name of an attribute' });
}

/** Splits the query into conditions. The names of attributes are normalised as those of products are. */
function conditionsOf({ tag, ...query }: ListFilter): ProductSearch {
  const entries = Object.entries(query);
  const attributes = entries.flatMap(([name, value]): Label[] => {
    if (!ATTRIBUTE.test(name)) return [];
    const read = attributeName.validate(name.replace(ATTRIBUTE, ''));
    return [{ name: String(read.value), value: String(value) }];
  });
  const labels = tag === undefined ? attributes : [tagLabel(tag), ...attributes];
  const others = Object.fromEntries(entries.filter(([name]) => !ATTRIBUTE.test(name))) as Omit<ListFilter, 'tag'>;
  return labels.length === 0 ? others : { ...others, labels };
}

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
          'A page of products. A product with options has one entry: its cheapest variant that matches all filters, at the place of that variant. If hundreds of variants in a row are not shown, or with q, skuPrefix, slug, barcode, brand, tag, an attribute, or the status draft or archived, a page may have fewer products than limit, or none, although page.nextCursor is set: at most 10,000 products are read for one page',
        data: productSchema,
        isList: true,
        page: { limitAsOf, facets: facetsSchema },
      },
    },
    async handle({ query: { limit, cursor, sort, withinLimit, facets: counted = [], ...conditions }, user, request }) {
      const filter = conditionsOf(conditions);
      if (filter.status !== 'active' || filter.lowStock !== undefined) requireStaff(request);
      const limits = withinLimit ? await readLimits(db, requireUser(request).id) : undefined;
      const wanted = {
        ...filter,
        ...impliedCurrency(filter, { sort, platformCurrency: currency, countsPrices: counted.includes('price') }),
        ...(limits && { within: limits.filter(({ isActive }) => isActive) }),
      };
      const list = async (from: Knex) => ({
        page: await listProducts(from, wanted, { limit, sort, cursor }),
        facets: counted.length === 0 ? undefined : await countFacets(from, wanted, counted),
      });
      const { page, facets } = isTextSearch(filter)
        ? await searches.run({ request, isAnonymous: user === undefined }, list)
        : await list(db);
      const shown = pageEnvelope(page, (row) => showListed(row, { isStaff: isStaff(user) }));
      return {
        status: 200,
        body: {
          ...shown,
          page: { ...shown.page, ...(limits && { limitAsOf: versionOf(limits, currency) }), ...(facets && { facets }) },
        },
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
