import { queryOne } from '@florin/database';
import type { Knex } from 'knex';

export type OutboxSize = {
  /** Last id minus first id plus one. It is at least the number of rows, and larger after rollbacks. */
  span: number;
  /** Seconds since the oldest row was written, by the database's clock; 0 if the outbox is empty. */
  oldestAgeS: number;
  /** Number of parked rows, counted up to `maxParked`. */
  parked: number;
};

/** Reads the size of the outbox with one statement, from its first and last row. */
export async function readOutboxSize(db: Knex, { maxParked }: { maxParked: number }): Promise<OutboxSize> {
  const row = await queryOne<{ span: number | null; age_us: number | null; parked: number }>(
    db,
    `SELECT (SELECT MAX(id) - MIN(id) + 1 FROM outbox) AS span,
       (SELECT TIMESTAMPDIFF(MICROSECOND, created_at, CURRENT_TIMESTAMP(3)) FROM outbox ORDER BY id LIMIT 1) AS age_us,
       (SELECT COUNT(*) FROM (SELECT 1 FROM parked_outbox LIMIT ?) AS some) AS parked`,
    [maxParked],
  );
  return { span: row.span ?? 0, oldestAgeS: Math.max(0, (row.age_us ?? 0) / 1e6), parked: row.parked };
}

/** Counts the rows of the outbox, up to `limit`. */
export async function countOutbox(db: Knex, limit: number): Promise<number> {
  const { events } = await queryOne<{ events: number }>(
    db,
    'SELECT COUNT(*) AS events FROM (SELECT 1 FROM outbox LIMIT ?) AS some',
    [limit],
  );
  return events;
}

/**
 * Whether more than `maxRows` events wait, including parked ones. Rows are counted only if the span of ids exceeds the maximum.
 */
export async function isOutboxFull(db: Knex, { span, parked }: OutboxSize, maxRows: number): Promise<boolean> {
  if (span + parked <= maxRows) return false;
  return parked + (await countOutbox(db, maxRows + 1)) > maxRows;
}
