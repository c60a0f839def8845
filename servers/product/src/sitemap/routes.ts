import { type Endpoint, endpoint } from '@florin/http';
import { id } from '@florin/values';
import type { Request } from 'express';
import Joi, { type CustomHelpers, type ErrorReport } from 'joi';
import type { Knex } from 'knex';
import { readCategoryAddresses, readProductAddresses, readSitemapStarts } from './read-addresses.ts';
import type { SitemapCache } from './sitemap-cache.ts';
import { type Address, indexXml, pagesXml } from './sitemap-xml.ts';

const MAX_AGE_S = 3600;

type Query = { list?: 'categories' | 'products'; after?: string };
type Options = {
  db: Knex;
  cache: SitemapCache;
  /** Address of the shop; undefined: the one that the request came to. */
  publicUrl: string | undefined;
};

const query = Joi.object<Query>({
  list: Joi.string()
    .valid('categories', 'products')
    .description('The pages of all categories, or of some products. The default is the index of these sitemaps'),
  after: id().description('Products after this id, as the index names it. Only with `list=products`'),
}).custom((value: Query, helpers: CustomHelpers): Query | ErrorReport => {
  const isOfProducts = value.after === undefined || value.list === 'products';
  return isOfProducts ? value : helpers.message({ custom: 'after is allowed only with list=products' });
});

/** The sitemap of the shop for search engines. Its parts differ by query, so that a gateway needs one path. */
export function sitemapRoutes({ db, cache, publicUrl }: Options): Endpoint[] {
  return [
    endpoint<'anyone', Record<string, never>, Query>({
      operationId: 'readSitemap',
      method: 'get',
      path: '/sitemap.xml',
      summary: 'Read the sitemap of the shop',
      description: 'For search engines, by the sitemaps.org protocol. It may be up to an hour old.',
      access: 'anyone',
      cacheControl: `public, max-age=${MAX_AGE_S}`,
      query,
      answers: { 200: { description: 'The sitemap', contentTypes: ['application/xml'] } },
      async handle({ query: { list, after }, request }) {
        const base = publicUrl ?? addressOf(request);
        const headers = { 'Content-Type': 'application/xml; charset=utf-8' };
        if (list === undefined) {
          const parts = await cache.read('index', () => readIndex(db));
          return { status: 200, headers, stream: indexXml(base, parts) };
        }
        const pages = await cache.read(`${list} ${after}`, () =>
          list === 'categories' ? readCategoryAddresses(db) : readProductAddresses(db, after),
        );
        return { status: 200, headers, stream: pagesXml(base, pages) };
      },
    }),
  ];
}

async function readIndex(db: Knex): Promise<Address[]> {
  const starts = await readSitemapStarts(db);
  const products = starts.map((after) => ({ place: `/sitemap.xml?list=products&after=${after}` }));
  return [{ place: '/sitemap.xml?list=categories' }, ...products];
}

/** The address that the caller used, as the trusted proxy says. */
function addressOf(request: Request): string {
  return `${request.protocol}://${request.host}`;
}
