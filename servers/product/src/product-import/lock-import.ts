import assert from 'node:assert/strict';
import { AppError, requestErrors } from '@florin/app-response';
import { column, defineTable, idBytes, pickFields, queryFirst, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import type { Knex } from 'knex';

/** The user and key of an import. `newId` becomes its id, and `seed` its first row hash, if the key is new. */
export type ImportName = { userId: string; idempotencyKey: string; newId: string; seed: Buffer };

export const importsTable = defineTable('imports', {
  id: column.id(),
  userId: column.id(),
  idempotencyKey: column.textBytes('varbinary(255)'),
  status: column.text<'open' | 'done'>('varchar(8)').byDatabase(),
  rowsDone: column.integer('int unsigned').byDatabase(),
  rowsHash: column.bytes('binary(32)'),
  created: column.integer('int unsigned').byDatabase(),
  updated: column.integer('int unsigned').byDatabase(),
  unchanged: column.integer('int unsigned').byDatabase(),
  refused: column.integer('int unsigned').byDatabase(),
  createdAt: column.timeText(),
  updatedAt: column.timeText(),
  rowsPrunedAt: column.timeText().orNull().byDatabase(),
});

const lockedTable = pickFields(importsTable, ['id', 'status', 'rowsDone', 'rowsHash']);

export type LockedImport = RowOf<typeof lockedTable>;

/** Locks the import of a key; creates it if the key is new. */
export async function lockImport(
  trx: Knex.Transaction,
  { userId, idempotencyKey, newId, seed }: ImportName,
): Promise<LockedImport> {
  const key = [idBytes(userId), Buffer.from(idempotencyKey)];
  await trx.raw(
    `INSERT INTO imports (id, user_id, idempotency_key, rows_hash, created_at, updated_at) VALUES (?, ?, ?, ?, NOW(3), NOW(3))
     ON DUPLICATE KEY UPDATE id = id`,
    [idBytes(newId), ...key, seed],
  );
  const row = await queryFirst<StoredRowOf<typeof lockedTable>>(
    trx,
    `SELECT ${lockedTable.list} FROM imports WHERE user_id = ? AND idempotency_key = ? FOR UPDATE`,
    key,
  );
  assert(row, 'an import must exist after its insert');
  return readRow(lockedTable, row);
}

/** Counts the rows that were imported under a key; 0 if the key is new. */
export async function countRowsDone(trx: Knex.Transaction, { userId, idempotencyKey }: ImportName): Promise<number> {
  const row = await queryFirst<{ rows_done: number }>(
    trx,
    'SELECT rows_done FROM imports WHERE user_id = ? AND idempotency_key = ?',
    [idBytes(userId), Buffer.from(idempotencyKey)],
  );
  return row?.rows_done ?? 0;
}

/**
 * Finishes an import after the last row of its file. Returns its id.
 *
 * @param rows the number of rows of the file, and their hash
 * @throws AppError IDEMPOTENCY_KEY_REUSED if another file was imported under this key
 */
export async function finishImport(
  trx: Knex.Transaction,
  name: ImportName,
  rows: { count: number; hash: Buffer },
): Promise<string> {
  const { id, status, rowsDone, rowsHash } = await lockImport(trx, name);
  if (rowsDone !== rows.count || !rowsHash.equals(rows.hash)) throw new AppError(requestErrors.IDEMPOTENCY_KEY_REUSED);
  if (status === 'open') await trx.raw("UPDATE imports SET status = 'done' WHERE id = ?", [idBytes(id)]);
  return id;
}
