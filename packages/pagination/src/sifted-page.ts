import type { Knex } from 'knex';
import { encodeCursor } from './cursor.ts';
import { type Keyset, keysetPage, type Page, whereUntil } from './keyset.ts';
import type { PageRequest } from './page-request.ts';

type Sifted<Row> = {
  /** The rows of the list. */
  query: Knex.QueryBuilder;
  /** All rows along the same index, with the columns that `keyOf` needs. */
  along: Knex.QueryBuilder;
  keyset: Keyset<Row>;
  /** Maximum number of rows of `along` that are searched for one page. */
  maxRows: number;
};

/**
 * Reads one page of rows that no index contains by themselves: searches the next `maxRows` rows of an index for them. So a page
 * may have fewer rows than its limit, or none, and still have a `nextCursor`.
 *
 * @throws AppError VALIDATION_FAILED (422) if the cursor does not belong to this list
 */
export async function siftedPage<Row>({ query, along, keyset, maxRows }: Sifted<Row>, request: PageRequest): Promise<Page<Row>> {
  const { rows } = await keysetPage(along.offset(maxRows), keyset, { ...request, limit: 1 });
  const end = rows.map((row) => encodeCursor(keyset.name, keyset.keyOf(row)))[0];
  if (end !== undefined) whereUntil(query, keyset, end);
  const page = await keysetPage(query, keyset, request);
  return { ...page, nextCursor: page.nextCursor ?? end ?? null };
}
