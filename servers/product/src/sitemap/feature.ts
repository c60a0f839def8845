import type { Feature, ServiceContext } from '@florin/service';
import type { Config } from '../config.ts';
import { sitemapRoutes } from './routes.ts';
import { createSitemapCache } from './sitemap-cache.ts';

const KEEP_MS = 3_600_000;
/** Each has up to 5,000 addresses. */
const MAX_KEPT = 8;
const MAX_WAITING = 32;

export function sitemapFeature({ config: { publicUrl }, db }: ServiceContext<Config>): Feature {
  const cache = createSitemapCache({ keepMs: KEEP_MS, maxKept: MAX_KEPT, maxWaiting: MAX_WAITING });
  return {
    name: 'sitemap',
    description: 'Addresses of the shop for search engines',
    endpoints: sitemapRoutes({ db, cache, publicUrl }),
  };
}
