import { execute, idBytes, idText, queryFirst } from '@florin/database';
import type { Knex } from 'knex';

const BATCH_SIZE = 1_000;

/**
 * Deletes row results of one import, at most `BATCH_SIZE` per call. The import itself, with its counts and its key, stays. Several
 * instances may prune at once.
 *
 * @param before only imports whose last change was earlier
 * @returns the number of deleted rows; undefined if there is no such import
 */
export async function pruneImportRows(trx: Knex.Transaction, before: Date): Promise<number | undefined> {
  const importId = await lockOldImport(trx, before);
  if (importId === undefined) return undefined;
  const { affectedRows } = await execute(trx, 'DELETE FROM import_rows WHERE import_id = ? ORDER BY position LIMIT ?', [
    idBytes(importId),
    BATCH_SIZE,
  ]);
  if (affectedRows < BATCH_SIZE) {
    await trx.raw('UPDATE imports SET rows_pruned_at = NOW(3) WHERE id = ?', [idBytes(importId)]);
  }
  return affectedRows;
}

/** SKIP LOCKED: imports that another instance is pruning, or a client is continuing, are left alone. */
async function lockOldImport(trx: Knex.Transaction, before: Date): Promise<string | undefined> {
  const row = await queryFirst<{ id: Buffer }>(
    trx,
    `SELECT id FROM imports WHERE rows_pruned_at IS NULL AND updated_at < ? ORDER BY updated_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [before],
  );
  return row && idText(row.id);
}
