import { idValue, type Keyset, type Page, type PageRequest, siftedPage, timeValue } from '@florin/pagination';
import { idText } from '@florin/runtime';
import type { Knex } from 'knex';

/** Rows that are looked at for one page, where an index answers only some of the conditions. */
export const MAX_ROWS_LOOKED_AT = 10_000;

type TimedRow = { id: Buffer; created_at: Date };

/** Newest first, by the time that rows show and not by their ids: a clock that was wrong may have made those. */
export const newestByTime: Keyset<TimedRow> = {
  name: 'newest-by-time',
  columns: [
    { column: 'created_at', direction: 'desc', toSql: timeValue },
    { column: 'id', direction: 'desc', toSql: idValue },
  ],
  keyOf: ({ created_at, id }) => [created_at.getTime(), idText(id)],
};

/** A page of those rows along an index that meet a further condition. */
export function siftedByTime<Row extends TimedRow>(
  along: Knex.QueryBuilder,
  condition: object,
  request: PageRequest,
): Promise<Page<Row>> {
  const query = along.clone().where(condition);
  const keys = along.clearSelect().select('created_at', 'id');
  return siftedPage<Row>({ query, along: keys, keyset: newestByTime, maxRows: MAX_ROWS_LOOKED_AT }, request);
}

export type Period = { from?: Date | undefined; to?: Date | undefined };

/** From a time on, and before another. */
export function whereCreated(query: Knex.QueryBuilder, { from, to }: Period): void {
  if (from !== undefined) query.where('created_at', '>=', from);
  if (to !== undefined) query.where('created_at', '<', to);
}
