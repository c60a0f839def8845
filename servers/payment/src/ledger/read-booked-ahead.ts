import { queryOne } from '@florin/database';
import type { Knex } from 'knex';

const NEWEST = 1_000;

/**
 * Returns by how many seconds the newest entries are booked ahead of the database's clock: 0 unless that clock was ahead. A wallet's
 * entries never go back in time: new ones get the time of the last one until the clock has caught up.
 */
export async function readBookedAheadS(db: Knex): Promise<number> {
  const { ahead_s } = await queryOne<{ ahead_s: number }>(
    db,
    `SELECT COALESCE(MAX(TIMESTAMPDIFF(MICROSECOND, NOW(3), e.created_at)), 0) / 1e6 AS ahead_s
       FROM (SELECT id FROM transfers FORCE INDEX (transfers_period) ORDER BY period_number DESC, id DESC LIMIT ?) AS newest
       STRAIGHT_JOIN ledger_entries e ON e.transfer_id = newest.id`,
    [NEWEST],
  );
  return Math.max(0, Number(ahead_s));
}
