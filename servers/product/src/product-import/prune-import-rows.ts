import { execute, idBytes, idText, queryFirst } from '@florin/database';
import type { Knex } from 'knex';

const ROWS_AT_ONCE = 1_000;

/**
 * Forgets what became of the rows of one import that was last at work before then, a piece at a time; how it went as a whole,
 * and its key, stay. Several instances may do it at once.
 *
 * @returns how many rows are gone now; undefined where there was nothing to do
 */
export async function pruneImportRows(trx: Knex.Transaction, before: Date): Promise<number | undefined> {
  const importId = await lockOldImport(trx, before);
  if (importId === undefined) return undefined;
  const { affectedRows } = await execute(trx, 'DELETE FROM import_rows WHERE import_id = ? ORDER BY position LIMIT ?', [
    idBytes(importId),
    ROWS_AT_ONCE,
  ]);
  if (affectedRows < ROWS_AT_ONCE) {
    await trx.raw('UPDATE imports SET rows_pruned_at = NOW(3) WHERE id = ?', [idBytes(importId)]);
  }
  return affectedRows;
}

/** What another instance is at, or a sender who goes on with it, is left to them. */
async function lockOldImport(trx: Knex.Transaction, before: Date): Promise<string | undefined> {
  const row = await queryFirst<{ id: Buffer }>(
    trx,
    `SELECT id FROM imports WHERE rows_pruned_at IS NULL AND updated_at < ? ORDER BY updated_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [before],
  );
  return row && idText(row.id);
}
