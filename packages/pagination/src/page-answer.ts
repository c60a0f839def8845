import type { PageEnvelope } from '@florin/app-response';
import type { Page } from './keyset.ts';
import type { NumberedPage } from './numbered-page.ts';

/** Builds the response body of a page. `present` maps a row to its public form. */
export function pageEnvelope<Row, Item>(page: Page<Row> | NumberedPage<Row>, present: (row: Row) => Item): PageEnvelope<Item> {
  const { limit, nextCursor } = page;
  const numbered = 'number' in page ? { number: page.number, total: page.total, isTotalCapped: page.isTotalCapped } : {};
  return { data: page.rows.map(present), page: { limit, nextCursor, ...numbered } };
}

/** The fields of a response's `page` from which the `Link` header is made. */
export type PageLinks = { limit: number; nextCursor: string | null; number?: number; total?: number };

/**
 * Builds the `Link` header (RFC 8288) with the next page and, for numbered pages, the previous one. Empty if there is neither.
 *
 * @param originalUrl path and query of the request, as in Express
 */
export function linkHeader(originalUrl: string, page: PageLinks): Record<string, string> {
  const links = linksOf(page).map(([rel, name, value]) => `<${withParameter(originalUrl, name, value)}>; rel="${rel}"`);
  return links.length === 0 ? {} : { Link: links.join(', ') };
}

function linksOf({ limit, nextCursor, number, total = 0 }: PageLinks): [rel: string, name: string, value: string][] {
  if (number === undefined) return nextCursor === null ? [] : [['next', 'cursor', nextCursor]];
  const links: [string, string, string][] = [];
  if (number > 1) links.push(['prev', 'page', String(number - 1)]);
  if (number * limit < total) links.push(['next', 'page', String(number + 1)]);
  return links;
}

function withParameter(originalUrl: string, name: string, value: string): string {
  const [path, query] = originalUrl.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set(name, value);
  return `${path}?${parameters}`;
}
