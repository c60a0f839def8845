import assert from 'node:assert/strict';
import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import { idBytes, insertRows } from '@florin/database';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { importRowsTable } from './import-report.ts';
import { importRows, type RowOptions, type RowOutcome } from './import-rows.ts';
import { type ImportName, type LockedImport, lockImport } from './lock-import.ts';
import type { ReadRow } from './read-rows.ts';

export type Batch = {
  rows: readonly ReadRow[];
  /** The hash of all rows before the batch. */
  hashBefore: Buffer;
};

/**
 * Imports a batch of rows and writes their results, in one transaction. Skips rows that an earlier or concurrent request with the
 * same key imported, after checking by hash that they are the same rows.
 *
 * @throws AppError IDEMPOTENCY_KEY_REUSED if the earlier rows are different
 */
export async function importBatch(
  trx: Knex.Transaction,
  name: ImportName,
  { batch, ...options }: Omit<RowOptions, 'by' | 'dryRun'> & { batch: Batch },
): Promise<void> {
  const known = await lockImport(trx, name);
  requireSameRows(known, batch);
  const rows = batch.rows.filter(({ position }) => position > known.rowsDone);
  if (rows.length === 0) return;
  if (known.status === 'done') throw new AppError(requestErrors.IDEMPOTENCY_KEY_REUSED);
  assert(rows[0]?.position === known.rowsDone + 1, `import ${known.id} would skip rows after ${known.rowsDone}`);
  const outcomes = await decideBatch(trx, rows, { ...options, dryRun: false, by: name.userId });
  await insertReport(trx, known.id, { rows, outcomes });
  const counts = await addCounts(trx, known.id, { rows, outcomes });
  const after = { rows: `${known.rowsDone + 1}-${known.rowsDone + rows.length}`, ...counts };
  await appendAuditEntry(trx, { actorId: name.userId, action: 'product.import', subject: known.id, after });
}

function requireSameRows({ rowsDone, rowsHash }: LockedImport, { rows, hashBefore }: Batch): void {
  const first = rows[0]?.position ?? 1;
  const hash = rowsDone === first - 1 ? hashBefore : rows[rowsDone - first]?.hash;
  if (hash !== undefined && !hash.equals(rowsHash)) throw new AppError(requestErrors.IDEMPOTENCY_KEY_REUSED);
}

/** Imports the sound rows of a batch and returns the outcome of each row. With `dryRun` it writes nothing. */
export async function decideBatch(trx: Knex.Transaction, rows: readonly ReadRow[], options: RowOptions): Promise<RowOutcome[]> {
  const sound = rows.flatMap(({ row }) => row ?? []);
  const outcomes = sound.length === 0 ? [] : await importRows(trx, sound, options);
  return rows.map((row): RowOutcome => {
    if (row.problem) return { outcome: 'refused', problem: row.problem };
    const outcome = outcomes.shift();
    assert(outcome, `no outcome of row ${row.position}`);
    return outcome;
  });
}

/** These bounds make the errors of a row fit their column with any characters. */
const MAX_ERRORS = 20;
const MAX_PATH_LENGTH = 100;
const MAX_MESSAGE_LENGTH = 300;

function shortened({ path, message }: FieldError, line: number | undefined): FieldError {
  const place = line === undefined ? '' : `line ${line}: `;
  return { path: path.slice(0, MAX_PATH_LENGTH), message: `${place}${message}`.slice(0, MAX_MESSAGE_LENGTH) };
}

type Reported = { rows: readonly ReadRow[]; outcomes: readonly RowOutcome[] };

async function insertReport(trx: Knex.Transaction, importId: string, { rows, outcomes }: Reported): Promise<void> {
  const reported = rows.map((row, index) => ({
    importId,
    ...rowReport(row, outcomes[index] ?? { outcome: 'refused' }),
    given: outcomes[index]?.outcome === 'refused' ? valuesOf(row) : null,
  }));
  await insertRows(trx, importRowsTable, reported);
}

/** The result of a row, as `import_rows` stores it. */
export function rowReport(row: ReadRow, { outcome, productId, problem, stock }: RowOutcome) {
  return {
    position: row.position,
    sku: (row.row ?? row).sku ?? null,
    productId: productId ?? null,
    outcome,
    code: problem?.code ?? null,
    problems: problem?.errors.slice(0, MAX_ERRORS).map((error) => shortened(error, row.line)) ?? null,
    stockBefore: stock?.before ?? null,
    stockAfter: stock?.after ?? null,
  };
}

function valuesOf(row: ReadRow): Readonly<Record<string, unknown>> | null {
  return (row.row ?? row).given ?? null;
}

async function addCounts(trx: Knex.Transaction, importId: string, { rows, outcomes }: Reported): Promise<Record<string, number>> {
  const count = (wanted: RowOutcome['outcome']): number => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const counts = {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: count('refused'),
  };
  const last = rows.at(-1);
  await trx.raw(
    `UPDATE imports SET rows_done = ?, rows_hash = ?, created = created + ?, updated = updated + ?, unchanged = unchanged + ?,
       refused = refused + ?, updated_at = NOW(3), rows_pruned_at = NULL WHERE id = ?`,
    [last?.position ?? 0, last?.hash ?? '', ...Object.values(counts), idBytes(importId)],
  );
  return counts;
}
