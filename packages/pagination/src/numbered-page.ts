import type { Knex } from 'knex';
import { type Keyset, keysetPage, orderByKeyset, type Page } from './keyset.ts';
import type { NumberedPageRequest } from './page-request.ts';

/** Maximum total that is counted. A larger total is reported as this one. */
export const MAX_COUNTED = 10_000;

export type NumberedPage<Row> = Page<Row> & { number: number; total: number; isTotalCapped: boolean };

/**
 * Reads one page by its number if the request has one, and by its cursor otherwise. For small lists only: the rows before the
 * page are read and discarded, and rows that are added or deleted meanwhile shift the pages, which cursors avoid.
 *
 * @throws AppError VALIDATION_FAILED (422) if the cursor does not belong to this list
 */
export async function numberedOrKeysetPage<Row>(
  query: Knex.QueryBuilder,
  keyset: Keyset<Row>,
  { page: number, ...request }: NumberedPageRequest,
): Promise<Page<Row> | NumberedPage<Row>> {
  if (number === undefined) return keysetPage(query, keyset, request);
  const { limit } = request;
  const counted = await countUpTo(query, MAX_COUNTED + 1);
  const rows = (await orderByKeyset(query, keyset)
    .limit(limit)
    .offset((number - 1) * limit)) as Row[];
  return {
    rows,
    limit,
    nextCursor: null,
    number,
    total: Math.min(counted, MAX_COUNTED),
    isTotalCapped: counted > MAX_COUNTED,
  };
}

async function countUpTo(query: Knex.QueryBuilder, most: number): Promise<number> {
  const some = query.clone().clearSelect().select(query.client.raw('1 AS one')).limit(most);
  const [counted] = (await query.client.queryBuilder().count('* AS rows_found').from(some.as('some'))) as [
    { rows_found: number },
  ];
  return counted.rows_found;
}
