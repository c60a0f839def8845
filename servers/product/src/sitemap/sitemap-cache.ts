import { AppError, requestErrors } from '@florin/app-response';
import { createBatcher } from '@florin/runtime';
import type { Address } from './sitemap-xml.ts';

type Options = {
  /** Milliseconds that what was read is kept. */
  keepMs: number;
  /** Maximum number of kept sitemaps. */
  maxKept: number;
  /** Maximum number of sitemaps that wait to be read. */
  maxWaiting: number;
};

type Kept = { addresses: Promise<Address[]>; until: number };

export type SitemapCache = {
  /**
   * Returns the sitemap of this name, read at most once while it is kept.
   *
   * @throws AppError UNAVAILABLE with Retry-After if too many wait
   */
  read(name: string, load: () => Promise<Address[]>): Promise<Address[]>;
};

const RETRY_S = '5';

/** Keeps sitemaps in memory for a while, and reads one at a time: search engines may ask for many at once. */
export function createSitemapCache({ keepMs, maxKept, maxWaiting }: Options): SitemapCache {
  const kept = new Map<string, Kept>();
  const readings = createBatcher<() => Promise<Address[]>, Address[]>({
    maxInFlight: 1,
    maxItems: 1,
    maxWeight: 1,
    weightOf: () => 1,
    run: (loads) => Promise.allSettled(loads.map((load) => load())),
  });
  return {
    read(name, load) {
      const found = kept.get(name);
      if (found !== undefined && found.until > Date.now()) return found.addresses;
      if (readings.waiting() >= maxWaiting) throw tooMany();
      const addresses = readings.add(load);
      // An error is not kept.
      addresses.catch(() => kept.delete(name));
      kept.delete(name);
      kept.set(name, { addresses, until: Date.now() + keepMs });
      for (const oldest of kept.keys()) if (kept.size > maxKept) kept.delete(oldest);
      return addresses;
    },
  };
}

function tooMany(): AppError {
  return new AppError(requestErrors.UNAVAILABLE, {
    detail: 'Too many sitemaps are being read.',
    headers: { 'Retry-After': RETRY_S },
  });
}
