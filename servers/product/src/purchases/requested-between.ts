import { firstIdAt } from '@florin/database';
import type { Knex } from 'knex';

export type Period = { from?: Date | undefined; to?: Date | undefined };

/**
 * Limits ids to a period. An id carries the purchase's time (a UUIDv7 begins with 48 bits of milliseconds), so that a period is a
 * range of an index.
 *
 * @param options `slackMs`: maximum difference between the id and the purchase's time. It is 0 except for purchases of an older
 *   release, which made ids with the instance's clock; to be exact for these, check `created_at` too
 */
export function whereRequested(
  query: Knex.QueryBuilder,
  idColumn: string,
  { from, to, slackMs }: Period & { slackMs: number },
): void {
  if (from !== undefined) query.where(idColumn, '>=', firstIdAt(from.getTime() - slackMs));
  if (to !== undefined) query.where(idColumn, '<', firstIdAt(to.getTime() + slackMs));
}
