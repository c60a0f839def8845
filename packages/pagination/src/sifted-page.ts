import type { Knex } from 'knex';
import { encodeCursor } from './cursor.ts';
import { type Keyset, keysetPage, type Page, whereUntil } from './keyset.ts';
import type { PageRequest } from './page-request.ts';

type Sifted<Row> = {
  /** The rows that are asked for. */
  query: Knex.QueryBuilder;
  /** All rows along the same index, with the columns of `keyOf`. */
  along: Knex.QueryBuilder;
  keyset: Keyset<Row>;
  /** Maximum number of rows of `along` that are looked at for one page. */
  maxRows: number;
};

/**
 * Reads one page of rows that no index holds by themselves: they are looked for among the next `maxRows` rows of an index. So a
 * page may have fewer rows than its limit, or none, and still a `nextCursor`.
 *
 * @throws AppError VALIDATION_FAILED when the cursor is not one of this list
 */
export async function siftedPage<Row>({ query, along, keyset, maxRows }: Sifted<Row>, request: PageRequest): Promise<Page<Row>> {
  const { rows } = await keysetPage(along.offset(maxRows), keyset, { ...request, limit: 1 });
  const end = rows.map((row) => encodeCursor(keyset.name, keyset.keyOf(row)))[0];
  if (end !== undefined) whereUntil(query, keyset, end);
  const page = await keysetPage(query, keyset, request);
  return { ...page, nextCursor: page.nextCursor ?? end ?? null };
}
