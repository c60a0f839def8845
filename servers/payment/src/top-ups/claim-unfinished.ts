import { execute, query } from '@florin/database';
import type { Knex } from 'knex';
import { type TopUp, type TopUpRow, topUpOf } from './top-up.ts';

type Options = { limit: number; maxPauseS: number };

/** Added to the maximum pause for the lease of a new top-up and for clocks of the release before. */
const SLACK_S = 60;

/**
 * Claims at most `limit` pending top-ups that are due by the database's clock, and schedules their next attempt with growing pauses.
 * An attempt that lies beyond the maximum pause was scheduled by a clock that was ahead: it is due.
 */
export async function claimUnfinished(trx: Knex.Transaction, { limit, maxPauseS }: Options): Promise<TopUp[]> {
  const rows = await query<TopUpRow>(
    trx,
    `SELECT * FROM top_ups
      WHERE status = 'pending' AND (next_attempt_at <= NOW(3) OR next_attempt_at > NOW(3) + INTERVAL ? SECOND)
      ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED`,
    [maxPauseS + SLACK_S, limit],
  );
  if (rows.length === 0) return [];
  await execute(
    trx,
    `UPDATE top_ups SET next_attempt_at = NOW(3) + INTERVAL LEAST(?, POW(2, LEAST(attempts, 20))) SECOND, attempts = attempts + 1
      WHERE id IN (?)`,
    [maxPauseS, rows.map(({ id }) => id)],
  );
  return rows.map(topUpOf);
}
