import { firstIdAt } from '@florin/database';
import type { Knex } from 'knex';

export type Period = { from?: Date | undefined; to?: Date | undefined };

/**
 * Bounds an id that carries its purchase's time (UUIDv7: 48 bits of milliseconds come first), so that a period is a range of an
 * index.
 *
 * @param options `slackMs`: how far the id may be from the purchase's time. Both are the same, except for purchases that a release
 *   before made with the clock of its instance; to be exact for those too, ask for `created_at` as well
 */
export function whereRequested(
  query: Knex.QueryBuilder,
  idColumn: string,
  { from, to, slackMs }: Period & { slackMs: number },
): void {
  if (from !== undefined) query.where(idColumn, '>=', firstIdAt(from.getTime() - slackMs));
  if (to !== undefined) query.where(idColumn, '<', firstIdAt(to.getTime() + slackMs));
}
