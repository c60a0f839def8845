import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import { column, defineTable, idBytes, queryFirst, readRow, type StoredRowOf } from '@florin/database';
import { integerValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { id, quantity, time, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { rowCodes } from './errors.ts';
import { importsTable } from './lock-import.ts';

export const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const;

export type ReportedRow = {
  row: number;
  outcome: (typeof outcomes)[number];
  sku: string | null;
  productId?: string;
  code?: string;
  errors?: readonly FieldError[];
  /** Where the row set that of a product that existed. */
  stock?: { before: number; after: number };
};

/** An import as the API shows it. */
export type ImportReport = {
  id: string;
  userId: string;
  status: 'open' | 'done';
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  refusals: ReportedRow[];
  createdAt: string;
  updatedAt: string;
  /** Since then it is not known what became of each row. */
  rowsPrunedAt?: string;
};

const REFUSALS_SHOWN = 100;

/** @throws AppError NOT_FOUND */
export async function readImport(db: Knex, id: string): Promise<ImportReport> {
  const found = await queryFirst<StoredRowOf<typeof importsTable>>(db, `SELECT ${importsTable.list} FROM imports WHERE id = ?`, [
    idBytes(id),
  ]);
  if (found === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no import ${id}.` });
  const { rows: refusals } = await listImportRows(db, { importId: id, outcome: 'refused' }, { limit: REFUSALS_SHOWN });
  const { userId, status, rowsDone: rows, created, updated, unchanged, refused, ...row } = readRow(importsTable, found);
  const { createdAt, updatedAt, rowsPrunedAt } = row;
  return {
    id,
    userId,
    status,
    rows,
    created,
    updated,
    unchanged,
    refused,
    refusals: refusals.map(presentRow),
    createdAt,
    updatedAt,
    ...(rowsPrunedAt === null ? {} : { rowsPrunedAt }),
  };
}

export const importRowsTable = defineTable('import_rows', {
  importId: column.id(),
  position: column.integer('int unsigned'),
  sku: column.text('varchar(64)').orNull(),
  productId: column.id().orNull(),
  outcome: column.text<ReportedRow['outcome']>('varchar(9)'),
  code: column.text('varchar(32)').orNull(),
  problems: column.json<readonly FieldError[]>('text').orNull(),
  stockBefore: column.integer('bigint').orNull(),
  stockAfter: column.integer('bigint').orNull(),
});

export type ReportRow = StoredRowOf<typeof importRowsTable>;

const asInFile: Keyset<ReportRow> = {
  name: 'position',
  columns: [{ column: 'position', direction: 'asc', toSql: integerValue }],
  keyOf: ({ position }) => [position],
};

/** What became of the rows, in the order of the file. */
export async function listImportRows(
  db: Knex,
  { importId, outcome }: { importId: string; outcome?: ReportedRow['outcome'] | undefined },
  request: PageRequest,
): Promise<Page<ReportRow>> {
  const query = db('import_rows').where({ import_id: idBytes(importId) });
  if (outcome !== undefined) query.where({ outcome });
  return keysetPage(query, asInFile, request);
}

export function presentRow(row: ReportRow): ReportedRow {
  const { position, sku, productId, outcome, code, problems, ...stock } = readRow(importRowsTable, row);
  const { stockBefore: before, stockAfter: after } = stock;
  return {
    row: position,
    outcome,
    sku,
    ...(productId === null ? {} : { productId }),
    ...(code === null ? {} : { code }),
    ...(problems === null ? {} : { errors: problems }),
    ...(before === null || after === null ? {} : { stock: { before, after } }),
  };
}

export const reportedRowSchema = Joi.object({
  row: wholeNumber().required().description('From 1; the header and empty rows are not counted'),
  outcome: Joi.string()
    .valid(...outcomes)
    .required(),
  sku: Joi.string().allow(null).required(),
  productId: id(),
  code: Joi.string().description(`Why it was refused: ${rowCodes.join(', ')}`),
  errors: Joi.array().items(Joi.object({ path: Joi.string().allow('').required(), message: Joi.string().required() })),
  stock: Joi.object({ before: quantity().required(), after: quantity().required() }).description(
    'Where stock=count changed the stock: what it was when the row was imported, after all sales until then, and what it was set to',
  ),
});

const count = wholeNumber().required();

export const importSchema = Joi.object({
  id: id().required(),
  userId: id().required(),
  status: Joi.string().valid('open', 'done').required().description('open: sent again under the same key, it goes on'),
  rows: count.description('So many of the file are done'),
  created: count,
  updated: count,
  unchanged: count,
  refused: count,
  refusals: Joi.array().items(reportedRowSchema).required().description(`The first ${REFUSALS_SHOWN}`),
  createdAt: time().required(),
  updatedAt: time().required(),
  rowsPrunedAt: time().description('When the results of the rows were deleted'),
});
