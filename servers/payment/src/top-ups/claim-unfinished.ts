import type { Knex } from 'knex';
import { type TopUp, type TopUpRow, topUpOf } from './top-up.ts';

type Options = { limit: number; longestPauseS: number };

/** On top of the longest pause: the lease of who began a top-up, and clocks of the release before. */
const SLACK_S = 60;

/**
 * Takes pending top-ups whose turn it is, at most `limit`, for the caller alone: each gets its next turn before the provider is
 * asked, later and later. The time is the database's; a turn that is further away than any pause was set by a clock that was ahead,
 * and is due.
 */
export async function claimUnfinished(trx: Knex.Transaction, { limit, longestPauseS }: Options): Promise<TopUp[]> {
  const [rows] = (await trx.raw(
    `SELECT * FROM top_ups
      WHERE status = 'pending' AND (next_attempt_at <= NOW(3) OR next_attempt_at > NOW(3) + INTERVAL ? SECOND)
      ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED`,
    [longestPauseS + SLACK_S, limit],
  )) as [TopUpRow[]];
  if (rows.length === 0) return [];
  await trx.raw(
    `UPDATE top_ups SET next_attempt_at = NOW(3) + INTERVAL LEAST(?, POW(2, LEAST(attempts, 20))) SECOND, attempts = attempts + 1
      WHERE id IN (${rows.map(() => '?').join(', ')})`,
    [longestPauseS, ...rows.map(({ id }) => id)],
  );
  return rows.map(topUpOf);
}
