import { execute } from '@florin/database';
import type { Knex } from 'knex';

const KEEP_DAYS = 60;
const ROWS_PER_STATEMENT = 1_000;
const STATEMENTS_AT_ONCE = 100;

/** Forgets events received longer ago than any topic keeps them (30 days), in short statements. Returns how many. */
export async function pruneInbox(db: Knex): Promise<number> {
  let pruned = 0;
  for (let statement = 0; statement < STATEMENTS_AT_ONCE; statement++) {
    const result = await execute(
      db,
      'DELETE FROM inbox WHERE received_at < NOW(3) - INTERVAL ? DAY ORDER BY received_at LIMIT ?',
      [KEEP_DAYS, ROWS_PER_STATEMENT],
    );
    pruned += result.affectedRows;
    if (result.affectedRows < ROWS_PER_STATEMENT) break;
  }
  return pruned;
}
