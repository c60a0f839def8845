import type { PageEnvelope } from '@florin/app-response';
import type { Page } from './keyset.ts';

/** A page as the client sees it. `present` turns a row into its public form. */
export function pageEnvelope<Row, Item>(page: Page<Row>, present: (row: Row) => Item): PageEnvelope<Item> {
  return { data: page.rows.map(present), page: { limit: page.limit, nextCursor: page.nextCursor } };
}

/**
 * The `Link` header (RFC 8288) to the next page, or nothing on the last one.
 *
 * @param originalUrl path and query of the request, as Express gives it
 */
export function linkHeader(originalUrl: string, nextCursor: string | null): Record<string, string> {
  if (nextCursor === null) return {};
  const [path, query] = originalUrl.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', nextCursor);
  return { Link: `<${path}?${parameters}>; rel="next"` };
}
