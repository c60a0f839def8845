import { escapeHtml } from '@florin/http';

/** A page of the shop: its place below the shop's address, and when its content last changed. */
export type Address = { place: string; changedAt?: Date };

/** Texts of this number of pages are sent together. */
const CHUNK = 500;
const SPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** Writes the sitemap of pages (sitemaps.org protocol 0.9). */
export function pagesXml(base: string, pages: readonly Address[]): AsyncGenerator<string> {
  return document('urlset', 'url', base, pages);
}

/** Writes the index of sitemaps. */
export function indexXml(base: string, sitemaps: readonly Address[]): AsyncGenerator<string> {
  return document('sitemapindex', 'sitemap', base, sitemaps);
}

async function* document(root: string, element: string, base: string, addresses: readonly Address[]): AsyncGenerator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${SPACE}">\n`;
  for (let from = 0; from < addresses.length; from += CHUNK)
    yield addresses
      .slice(from, from + CHUNK)
      .map(({ place, changedAt }) => {
        const changed = changedAt === undefined ? '' : `<lastmod>${changedAt.toISOString()}</lastmod>`;
        return `<${element}><loc>${escapeHtml(base + place)}</loc>${changed}</${element}>\n`;
      })
      .join('');
  yield `</${root}>\n`;
}
