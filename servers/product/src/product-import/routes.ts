import { AppError } from '@florin/app-response';
import { type Endpoint, endpoint, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import type { Request } from 'express';
import Joi from 'joi';
import type { Knex } from 'knex';
import { type Product, productId } from '../catalogue/index.ts';
import { type BodyBounds, boundedBody } from './bounded-body.ts';
import { type BlankMode, blankModes } from './csv-row.ts';
import { type StockMode, stockModes } from './decide-row.ts';
import { bulkErrors } from './errors.ts';
import { exportProducts } from './export-products.ts';
import type { Importer, ImportOptions } from './import-products.ts';
import {
  importSchema,
  listImportRows,
  outcomes,
  presentRow,
  type ReportedRow,
  readImport,
  reportedRowSchema,
} from './import-report.ts';
import { type SkuMismatch, skuMismatches } from './match-product.ts';
import { type BulkFormat, bulkTypes, type IdMode, idModes } from './read-rows.ts';

const ndjsonTypes = [bulkTypes.ndjson, 'application/ndjson'];
/** Browsers on Windows call a CSV file an Excel sheet. */
const types = [bulkTypes.csv, 'application/csv', 'text/tab-separated-values', 'application/vnd.ms-excel', ...ndjsonTypes];
const idParams = Joi.object<{ id: string }, true>({ id: productId.required() });

type ImportQuery = { stock: StockMode; skuMismatch: SkuMismatch; blank: BlankMode; ids: IdMode };

const importQuery = Joi.object<ImportQuery, true>({
  stock: Joi.string()
    .valid(...stockModes)
    .default('opening')
    .description(
      'What `stock` does to a product that exists. opening: nothing, it is the opening stock of new products. count: the stock is set to it when the row is imported, also where units were sold since the count; the difference is posted as a correction, and the result of the row has the stock before and after',
    ),
  skuMismatch: Joi.string()
    .valid(...skuMismatches)
    .default('reject')
    .description(
      'What happens to a row whose `id` names a product with another `sku`. reject: the row is rejected, for a spreadsheet may have changed the SKU. rename: the product gets the SKU of the row',
    ),
  blank: Joi.string()
    .valid(...blankModes)
    .default('keep')
    .description(
      'What an empty cell of a CSV file does to a product that exists. keep: nothing. clear: it removes `description`, `imageUrl` and `lowStockThreshold`',
    ),
  ids: Joi.string()
    .valid(...idModes)
    .default('match')
    .description(
      'match: `id` names the product of a row, and a row with an `id` or a `version` is never a new product. ignore: `id` and `version` are passed over and products are found by `sku` alone, for the export of another shop',
    ),
});

const rowsQuery = Joi.object<PageRequest & { outcome?: ReportedRow['outcome'] }>({
  ...pageQuery,
  outcome: Joi.string().valid(...outcomes),
});

const exportQuery = Joi.object<{ format?: BulkFormat; bom: boolean; status?: Product['status'] }>({
  format: Joi.string().valid('csv', 'ndjson').description('Goes before the Accept header; CSV where neither says'),
  bom: Joi.boolean()
    .default(true)
    .description('Whether a CSV file begins with a byte order mark, which Excel needs to read it as UTF-8'),
  status: Joi.string().valid('active', 'archived'),
});

type Dependencies = { db: Knex; importer: Importer; bounds: BodyBounds };

/** To be mounted before the products themselves, whose ids stand where `export` does. */
export function importRoutes({ db, importer, bounds }: Dependencies): Endpoint[] {
  const send = endpoint({
    method: 'post',
    path: '/v1/products/import',
    summary: 'Create and change products by their SKU, from a file; sent again under its key, it goes on where it was cut',
    description: 'Keys belong to the user who sends them: the same key sent by two members of staff imports twice',
    access: 'staff',
    query: importQuery,
    streamedBody: types,
    idempotent: 'compared by handle',
    answers: {
      201: { description: 'All rows are done; what became of each is at Location', data: importSchema },
      200: { description: 'Begun before under this key (Idempotent-Replayed: true)', data: importSchema },
    },
    async handle({ query, user, request, keyed: { idempotencyKey } }) {
      const body = boundedBody(request, bounds);
      const wanted = {
        body: body.chunks,
        options: optionsOf(query, request),
        userId: user.id,
        idempotencyKey,
      } as const;
      try {
        const { importId, isReplay } = await importer.run(wanted);
        return reply(isReplay ? 200 : 201, await readImport(db, importId), {
          Location: `/v1/products/imports/${importId}/rows`,
          ...(isReplay ? { 'Idempotent-Replayed': 'true' } : {}),
        });
      } finally {
        body.release();
      }
    },
  });

  const read = endpoint({
    method: 'get',
    path: '/v1/products/imports/:id',
    summary: 'Read how an import went',
    access: 'staff',
    params: idParams,
    answers: { 200: { description: 'The import', data: importSchema } },
    handle: async ({ params }) => reply(200, await readImport(db, params.id)),
  });

  const rows = endpoint({
    method: 'get',
    path: '/v1/products/imports/:id/rows',
    summary: 'List what became of the rows of an import, in the order of the file',
    access: 'staff',
    params: idParams,
    query: rowsQuery,
    answers: { 200: { description: 'A page of rows', data: reportedRowSchema, isList: true } },
    async handle({ params, query: { limit, cursor, outcome } }) {
      const { id, rowsPrunedAt } = await readImport(db, params.id);
      if (rowsPrunedAt !== undefined) throw new AppError(bulkErrors.IMPORT_ROWS_PRUNED);
      const page = await listImportRows(db, { importId: id, outcome }, { limit, ...(cursor === undefined ? {} : { cursor }) });
      return { status: 200, body: pageEnvelope(page, presentRow) };
    },
  });

  const take = endpoint({
    method: 'get',
    path: '/v1/products/export',
    summary: 'All products as a file that an import takes',
    access: 'staff',
    query: exportQuery,
    answers: { 200: { description: 'The products, oldest first', contentTypes: Object.values(bulkTypes) } },
    async handle({ query: { format: wanted, bom, status }, request }) {
      const format = wanted ?? acceptedBy(request);
      return {
        status: 200,
        headers: {
          'Content-Type': `${bulkTypes[format]}; charset=utf-8`,
          'Content-Disposition': `attachment; filename="products.${format}"`,
        },
        stream: exportProducts(db, { format, bom, status }),
      };
    },
  });

  return [send, read, rows, take];
}

function optionsOf({ stock: stockMode, ...query }: ImportQuery, request: Request): ImportOptions {
  return { ...query, stockMode, format: request.is(ndjsonTypes) ? 'ndjson' : 'csv' };
}

/** @throws AppError NOT_ACCEPTABLE */
function acceptedBy(request: Request): BulkFormat {
  const type = request.accepts(Object.values(bulkTypes));
  if (type === false) throw new AppError(bulkErrors.NOT_ACCEPTABLE);
  return type === bulkTypes.ndjson ? 'ndjson' : 'csv';
}
