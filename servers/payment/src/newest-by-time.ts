import { idText } from '@florin/database';
import { idValue, type Keyset, type Page, type PageRequest, siftedPage, timeValue } from '@florin/pagination';
import type { Knex } from 'knex';

/** Maximum number of rows that are read for one page, if an index answers only some of the conditions. */
export const MAX_ROWS_READ = 10_000;

type TimedRow = { id: Buffer; created_at: Date };

/** By the rows' time, not by their ids: a wrong clock may have made the ids. */
export const newestByTime: Keyset<TimedRow> = {
  name: 'newest-by-time',
  columns: [
    { column: 'created_at', direction: 'desc', toSql: timeValue },
    { column: 'id', direction: 'desc', toSql: idValue },
  ],
  keyOf: ({ created_at, id }) => [created_at.getTime(), idText(id)],
};

/** Returns a page of the rows along an index that meet a further condition. */
export function siftedByTime<Row extends TimedRow>(
  along: Knex.QueryBuilder,
  condition: object,
  request: PageRequest,
): Promise<Page<Row>> {
  const query = along.clone().where(condition);
  const keys = along.clearSelect().select('created_at', 'id');
  return siftedPage<Row>({ query, along: keys, keyset: newestByTime, maxRows: MAX_ROWS_READ }, request);
}

export type Period = { from?: Date | undefined; to?: Date | undefined };

/** Keeps rows created at `from` or later, and before `to`. */
export function whereCreated(query: Knex.QueryBuilder, { from, to }: Period): void {
  if (from !== undefined) query.where('created_at', '>=', from);
  if (to !== undefined) query.where('created_at', '<', to);
}
