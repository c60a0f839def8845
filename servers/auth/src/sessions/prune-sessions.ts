import { execute, query, runTransaction } from '@florin/database';
import type { Knex } from 'knex';

/** A session of a month that is refreshed every quarter of an hour has 3,000 tokens. */
const SESSIONS_AT_ONCE = 20;
const TOKENS_AT_ONCE = 1_000;
const STATEMENTS_AT_ONCE = 1_000;

/**
 * Forgets sessions that ended or expired before then, with their refresh tokens, in short transactions. Returns how many. Several
 * instances may do it at once.
 */
export async function pruneSessions(db: Knex, before: Date): Promise<number> {
  let pruned = 0;
  for (let round = 0; round < STATEMENTS_AT_ONCE; round++) {
    const count = await runTransaction(db, (trx) => pruneSome(trx, before));
    if (count === undefined) break;
    pruned += count;
  }
  return pruned;
}

/** How many sessions are gone now; undefined where there was nothing to do. */
async function pruneSome(trx: Knex.Transaction, before: Date): Promise<number | undefined> {
  const ids = await lockOldSessions(trx, before);
  if (ids.length === 0) return undefined;
  const { affectedRows: tokens } = await execute(
    trx,
    `DELETE FROM refresh_tokens WHERE session_id IN (?) ORDER BY session_id LIMIT ${TOKENS_AT_ONCE}`,
    [ids],
  );
  if (tokens === TOKENS_AT_ONCE) return 0;
  await execute(trx, 'DELETE FROM sessions WHERE id IN (?)', [ids]);
  return ids.length;
}

/** Those of each kind have an index of their own. What another instance is at is left to it. */
async function lockOldSessions(trx: Knex.Transaction, before: Date): Promise<Buffer[]> {
  for (const column of ['ended_at', 'expires_at']) {
    const rows = await query<{ id: Buffer }>(
      trx,
      `SELECT id FROM sessions WHERE ${column} < ? ORDER BY ${column} LIMIT ${SESSIONS_AT_ONCE} FOR UPDATE SKIP LOCKED`,
      [before],
    );
    if (rows.length > 0) return rows.map(({ id }) => id);
  }
  return [];
}
