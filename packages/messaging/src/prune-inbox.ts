import { execute } from '@florin/database';
import type { Knex } from 'knex';

const KEEP_DAYS = 60;
const ROWS_PER_STATEMENT = 1_000;
const MAX_STATEMENTS = 100;

/**
 * Deletes inbox rows of events received more than 60 days ago, in short statements. Topics keep messages for at most 30 days.
 *
 * @returns the number of rows deleted
 */
export async function pruneInbox(db: Knex): Promise<number> {
  let pruned = 0;
  for (let statement = 0; statement < MAX_STATEMENTS; statement++) {
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
