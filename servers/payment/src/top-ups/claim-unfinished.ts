import type { Knex } from 'knex';
import { type TopUp, type TopUpRow, topUpOf } from './top-up.ts';

type Options = { now: Date; limit: number; longestPauseS: number };

/**
 * Takes pending top-ups whose turn it is, at most `limit`, for the caller alone: each gets its next turn before the provider is
 * asked, later and later.
 */
export async function claimUnfinished(trx: Knex.Transaction, { now, limit, longestPauseS }: Options): Promise<TopUp[]> {
  const [rows] = (await trx.raw(
    `SELECT * FROM top_ups WHERE status = 'pending' AND next_attempt_at <= ? ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED`,
    [now, limit],
  )) as [TopUpRow[]];
  if (rows.length === 0) return [];
  await trx.raw(
    `UPDATE top_ups SET next_attempt_at = ? + INTERVAL LEAST(?, POW(2, LEAST(attempts, 20))) SECOND, attempts = attempts + 1
      WHERE id IN (${rows.map(() => '?').join(', ')})`,
    [now, longestPauseS, ...rows.map(({ id }) => id)],
  );
  return rows.map(topUpOf);
}
