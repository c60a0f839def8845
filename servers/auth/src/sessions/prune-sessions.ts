import { execute, query, runTransaction } from '@florin/database';
import type { Knex } from 'knex';

/** A session that lasts a month and is refreshed every 15 minutes has 3,000 tokens. */
const SESSION_BATCH_SIZE = 20;
const TOKEN_BATCH_SIZE = 1_000;
const MAX_TRANSACTIONS = 1_000;

/**
 * Deletes sessions that ended or expired before a time, with their refresh tokens, in short transactions. Returns their number.
 * Several instances may do it at once.
 */
export async function pruneSessions(db: Knex, before: Date): Promise<number> {
  let pruned = 0;
  for (let round = 0; round < MAX_TRANSACTIONS; round++) {
    const count = await runTransaction(db, (trx) => pruneSome(trx, before));
    if (count === undefined) break;
    pruned += count;
  }
  return pruned;
}

/** Returns the number of deleted sessions; undefined if there were none to delete. */
async function pruneSome(trx: Knex.Transaction, before: Date): Promise<number | undefined> {
  const ids = await lockOldSessions(trx, before);
  if (ids.length === 0) return undefined;
  const { affectedRows: tokens } = await execute(
    trx,
    `DELETE FROM refresh_tokens WHERE session_id IN (?) ORDER BY session_id LIMIT ${TOKEN_BATCH_SIZE}`,
    [ids],
  );
  if (tokens === TOKEN_BATCH_SIZE) return 0;
  await execute(trx, 'DELETE FROM sessions WHERE id IN (?)', [ids]);
  return ids.length;
}

/** Each kind has its own index. SKIP LOCKED: rows that another instance is pruning are left alone. */
async function lockOldSessions(trx: Knex.Transaction, before: Date): Promise<Buffer[]> {
  for (const column of ['ended_at', 'expires_at']) {
    const rows = await query<{ id: Buffer }>(
      trx,
      `SELECT id FROM sessions WHERE ${column} < ? ORDER BY ${column} LIMIT ${SESSION_BATCH_SIZE} FOR UPDATE SKIP LOCKED`,
      [before],
    );
    if (rows.length > 0) return rows.map(({ id }) => id);
  }
  return [];
}
