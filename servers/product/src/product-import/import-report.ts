import { AppError, type FieldError, requestErrors } from '@florin/app-response';
import { column, defineTable, idBytes, omitFields, queryFirst, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { integerValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { id, named, quantity, time, wholeNumber } from '@florin/values';
import Joi from 'joi';
import type { Knex } from 'knex';
import { rowCodes } from './errors.ts';
import { importsTable } from './lock-import.ts';
import { type FileFormat, fileFormats } from './shop-rows.ts';

export const outcomes = ['created', 'updated', 'unchanged', 'refused'] as const;

export type ReportedRow = {
  row: number;
  outcome: (typeof outcomes)[number];
  sku: string | null;
  productId?: string;
  code?: string;
  errors?: readonly FieldError[];
  /** Set if the row changed the stock of an existing product. */
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
  /** Time at which the row results were deleted. */
  rowsPrunedAt?: string;
  /** Set by a dry run, of which nothing is stored. */
  dryRun?: true;
  /** The rows of a dry run. */
  results?: ReportedRow[];
  /** In the answer to a CSV file: the format and the ignored columns. */
  fileFormat?: FileFormat;
  ignoredColumns?: readonly string[];
};

export const REFUSALS_SHOWN = 100;
/** Maximum number of rows in the answer of a dry run: some megabytes. */
export const MAX_PREVIEWED = 10_000;

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
  /** The values of a rejected row; null for other rows and for a row that could not be read. */
  given: column.json<Readonly<Record<string, unknown>>>('mediumtext').orNull(),
});

const shownTable = omitFields(importRowsTable, ['importId', 'given']);
const shownColumns = shownTable.cells.map(({ column }) => column);

export type ReportRow = StoredRowOf<typeof shownTable>;

const asInFile: Keyset<ReportRow> = {
  name: 'position',
  columns: [{ column: 'position', direction: 'asc', toSql: integerValue }],
  keyOf: ({ position }) => [position],
};

/** Lists the row results of an import, in the order of the file. */
export async function listImportRows(
  db: Knex,
  { importId, outcome }: { importId: string; outcome?: ReportedRow['outcome'] | undefined },
  request: PageRequest,
): Promise<Page<ReportRow>> {
  const query = db('import_rows')
    .select(shownColumns)
    .where({ import_id: idBytes(importId) });
  if (outcome !== undefined) query.where({ outcome });
  return keysetPage(query, asInFile, request);
}

export function presentRow(row: ReportRow): ReportedRow {
  return presentReport(readRow(shownTable, row));
}

/** The result of a row as the API shows it. */
export function presentReport({
  position,
  sku,
  productId,
  outcome,
  code,
  problems,
  ...stock
}: RowOf<typeof shownTable>): ReportedRow {
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

export const reportedRowSchema = named(
  'ProductImportRow',
  Joi.object({
    row: wholeNumber().required().description('Number of the row, from 1. The header and empty rows are not counted'),
    outcome: Joi.string()
      .valid(...outcomes)
      .required(),
    sku: Joi.string().allow(null).required(),
    productId: id(),
    code: Joi.string().description(`Reason of a rejection: ${rowCodes.join(', ')}`),
    errors: Joi.array().items(Joi.object({ path: Joi.string().allow('').required(), message: Joi.string().required() })),
    stock: Joi.object({ before: quantity().required(), after: quantity().required() }).description(
      'With stock=count, if the stock changed: the stock immediately before the row was imported, and the stock that the row set',
    ),
  }),
);

const count = wholeNumber().required();

export const fileFormat = named('ProductFileFormat', Joi.string().valid(...fileFormats));

export const importSchema = named(
  'ProductImport',
  Joi.object({
    id: id().required(),
    userId: id().required(),
    status: Joi.string()
      .valid('open', 'done')
      .required()
      .description('open: the import is not finished; sending the file again under the same key continues it'),
    rows: count.description('Number of rows imported so far'),
    created: count,
    updated: count,
    unchanged: count,
    refused: count,
    refusals: Joi.array().items(reportedRowSchema).required().description(`The first ${REFUSALS_SHOWN} rejected rows`),
    createdAt: time().required(),
    updatedAt: time().required(),
    rowsPrunedAt: time().description('Time at which the row results were deleted'),
    dryRun: Joi.boolean().valid(true).description('With dryRun: nothing was written, and id names no import'),
    fileFormat: fileFormat.description('In the answer to a CSV file: the format that its header has'),
    ignoredColumns: Joi.array()
      .items(Joi.string())
      .description('In the answer to a CSV file: the first 200 columns that are not read'),
    results: Joi.array()
      .items(reportedRowSchema)
      .description(
        `With dryRun: what would happen with each row, up to the ${MAX_PREVIEWED}th; the counts are those of all rows`,
      ),
  }),
);
