import { AppError, requestErrors } from '@florin/app-response';
import { type Endpoint, endpoint, exampleValues, reply } from '@florin/http';
import { type PageRequest, pageEnvelope, pageQuery } from '@florin/pagination';
import { line } from '@florin/values';
import type { Request } from 'express';
import Joi, { type CustomHelpers, type ErrorReport } from 'joi';
import type { Knex } from 'knex';
import { type CategoryPath, type Product, parsePath, productId, productStatus } from '../catalogue/index.ts';
import { type WeightUnit, weightUnits } from '../shop-files/index.ts';
import { type BodyBounds, boundedBody } from './bounded-body.ts';
import { type BlankMode, blankModes } from './csv-row.ts';
import { type StockMode, stockModes } from './decide-row.ts';
import { bulkErrors } from './errors.ts';
import { exportProducts } from './export-products.ts';
import type { Importer, ImportOptions } from './import-products.ts';
import {
  fileFormat,
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
import { rejectedRows } from './rejected-rows.ts';
import type { FileFormat } from './shop-rows.ts';

const ndjsonTypes = [bulkTypes.ndjson, 'application/ndjson'];
/** Browsers on Windows send CSV files as `application/vnd.ms-excel`. */
const types = [bulkTypes.csv, 'application/csv', 'text/tab-separated-values', 'application/vnd.ms-excel', ...ndjsonTypes];
const idParams = Joi.object<{ id: string }, true>({ id: productId.required() });

type ImportQuery = {
  stock: StockMode;
  skuMismatch: SkuMismatch;
  blank: BlankMode;
  ids: IdMode;
  createCategories: boolean;
  defaultCategory?: CategoryPath;
  format?: FileFormat;
  weightUnit: WeightUnit;
  dryRun: boolean;
};

const MAX_PATH_LENGTH = 2_000;

function readPath(text: string, helpers: CustomHelpers): CategoryPath | ErrorReport {
  return parsePath(text) ?? helpers.message({ custom: '{{#label}} must have a name between each two >' });
}

const importQuery = Joi.object<ImportQuery, true>({
  stock: Joi.string()
    .valid(...stockModes)
    .default('opening')
    .description(
      'The effect of `stock` on an existing product. opening: none, it is the opening stock of new products. count: the import sets the stock to it, even if units were sold after the count; the difference is posted as a correction, and the row result has the stock before and after',
    ),
  skuMismatch: Joi.string()
    .valid(...skuMismatches)
    .default('reject')
    .description(
      'The effect of a row whose `id` names a product with another `sku`. reject: the row is rejected, because a spreadsheet may have changed the SKU. rename: the product gets the SKU of the row',
    ),
  blank: Joi.string()
    .valid(...blankModes)
    .default('keep')
    .description(
      'The effect of an empty cell of a CSV file on an existing product. keep: none. clear: it removes the value of an optional field; `sku` and `slug` stay',
    ),
  ids: Joi.string()
    .valid(...idModes)
    .default('match')
    .description(
      'match: `id` names the product of a row, and a row with an `id` or a `version` is never a new product. ignore: `id` and `version` are ignored and products are found by `sku` alone. Use it for the export of another shop',
    ),
  createCategories: Joi.boolean()
    .default(false)
    .description(
      'Whether categories that the column `category` names and that do not exist are created. `category` has names or paths from the top, such as `Clothing > Shirts; Sale`, the main category first',
    ),
  defaultCategory: line(MAX_PATH_LENGTH)
    .custom(readPath)
    .description(
      'Category (name or path) of new products whose rows name none. Default: none; for files of other shops, `Uncategorized`',
    ),
  format: fileFormat.description(
    'Columns of the CSV file: those of Florin, or of a product export of Shopify, WooCommerce, Magento 2 or PrestaShop. Default: recognized by the header',
  ),
  weightUnit: Joi.string()
    .valid(...weightUnits)
    .default('kg')
    .description('The unit of the weights in files of Magento and PrestaShop, which name none'),
  dryRun: Joi.boolean()
    .default(false)
    .description('true: answers what would happen, row by row, and writes nothing, not even the idempotency key'),
});

/** `rejected` is another word for `refused`. */
type RowsQuery = PageRequest & { outcome?: ReportedRow['outcome'] | 'rejected'; format: 'json' | 'csv' };

const rowsQuery = Joi.object<RowsQuery>({
  ...pageQuery,
  outcome: Joi.string()
    .valid(...outcomes, 'rejected')
    .description('rejected is another word for refused'),
  format: Joi.string()
    .valid('json', 'csv')
    .default('json')
    .description(
      'csv: all rejected rows as a file with a column `reason`, to be corrected and imported. Requires outcome=rejected; limit and cursor have no effect',
    ),
});

function requireRejected(outcome: RowsQuery['outcome']): void {
  if (outcome === 'rejected' || outcome === 'refused') return;
  throw new AppError(requestErrors.VALIDATION_FAILED, {
    errors: [{ path: 'format', message: 'format=csv requires outcome=rejected' }],
  });
}

const exportQuery = Joi.object<{ format?: BulkFormat; bom: boolean; status?: Product['status'] }>({
  format: Joi.string().valid('csv', 'ndjson').description('Format of the file, before the Accept header. Default csv'),
  bom: Joi.boolean()
    .default(true)
    .description('Whether a CSV file begins with a byte order mark, which Excel needs to read it as UTF-8'),
  status: productStatus,
});

const exampleFile = [
  'sku,name,priceMinor,currency,categoryId,stock',
  `TEA-MINT-50,"Mint, 50 g",690,EUR,${exampleValues.categoryId},25`,
].join('\n');

/** The former paths `/v1/products/imports/…`. */
const moved = { since: '2026-11-27', sunset: '2027-11-27' };

const links = { getProductImport: { id: 'id' }, listProductImportRows: { id: 'id' } };

type Dependencies = { db: Knex; importer: Importer; bounds: BodyBounds };

/** Mount these before the endpoints of products: `/v1/products/:id` also matches `export`. */
export function importRoutes({ db, importer, bounds }: Dependencies): Endpoint[] {
  const send = endpoint({
    operationId: 'importProducts',
    method: 'post',
    path: '/v1/products/import',
    summary: 'Create and change products from a file. Sending the file again under the same key continues an interrupted import',
    description: 'Idempotency keys are per user: if two users send the same key, the file is imported twice',
    access: 'staff',
    query: importQuery,
    streamedBody: types,
    idempotent: 'compared by handle',
    errors: [bulkErrors.TOO_MANY_BAD_ROWS],
    example: { body: exampleFile },
    answers: {
      201: {
        description: 'All rows are processed. Location has the row results',
        data: importSchema,
        headers: ['Location'],
        links,
      },
      200: {
        description:
          'The import that an earlier request started under this key (Idempotent-Replayed: true), or with dryRun what would happen',
        data: importSchema,
        optionalHeaders: ['Location'],
        links,
      },
    },
    async handle({ query, user, request, keyed: { idempotencyKey } }) {
      const options = optionsOf(query, request);
      const body = boundedBody(request, bounds);
      const wanted = {
        body: body.chunks,
        options,
        userId: user.id,
        idempotencyKey,
      } as const;
      try {
        if (query.dryRun) return reply(200, await importer.preview(wanted));
        const { importId, isReplay, ...found } = await importer.run(wanted);
        return reply(
          isReplay ? 200 : 201,
          { ...(await readImport(db, importId)), ...found },
          {
            Location: `/v1/product-imports/${importId}/rows`,
            ...(isReplay ? { 'Idempotent-Replayed': 'true' } : {}),
          },
        );
      } finally {
        body.release();
      }
    },
  });

  const read = endpoint({
    operationId: 'getProductImport',
    method: 'get',
    path: '/v1/product-imports/:id',
    formerPaths: [{ path: '/v1/products/imports/:id', ...moved }],
    summary: 'Read an import',
    access: 'staff',
    params: idParams,
    example: { params: { id: exampleValues.importId } },
    answers: { 200: { description: 'The import', data: importSchema } },
    handle: async ({ params }) => reply(200, await readImport(db, params.id)),
  });

  const rows = endpoint({
    operationId: 'listProductImportRows',
    method: 'get',
    path: '/v1/product-imports/:id/rows',
    formerPaths: [{ path: '/v1/products/imports/:id/rows', ...moved }],
    summary: 'List the row results of an import, in the order of the file',
    access: 'staff',
    params: idParams,
    query: rowsQuery,
    errors: [bulkErrors.IMPORT_ROWS_PRUNED],
    example: { params: { id: exampleValues.importId } },
    answers: {
      200: {
        description: 'A page of rows, or with format=csv a file of all rejected rows',
        data: reportedRowSchema,
        isList: true,
        contentTypes: [bulkTypes.csv],
      },
    },
    async handle({ params, query: { limit, cursor, outcome: wanted, format } }) {
      const { id, rowsPrunedAt } = await readImport(db, params.id);
      if (rowsPrunedAt !== undefined) throw new AppError(bulkErrors.IMPORT_ROWS_PRUNED);
      const outcome = wanted === 'rejected' ? 'refused' : wanted;
      if (format === 'csv') {
        requireRejected(wanted);
        return { status: 200, headers: csvHeaders('rejected-rows.csv'), stream: rejectedRows(db, id) };
      }
      const page = await listImportRows(db, { importId: id, outcome }, { limit, ...(cursor === undefined ? {} : { cursor }) });
      return { status: 200, body: pageEnvelope(page, presentRow) };
    },
  });

  const take = endpoint({
    operationId: 'exportProducts',
    method: 'get',
    path: '/v1/products/export',
    summary: 'Export all products as a file that can be imported',
    access: 'staff',
    query: exportQuery,
    errors: [bulkErrors.NOT_ACCEPTABLE],
    example: { query: { format: 'csv' } },
    answers: {
      200: {
        description: 'The products, oldest first',
        contentTypes: Object.values(bulkTypes),
        headers: ['Content-Disposition'],
      },
    },
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

function csvHeaders(filename: string): Record<string, string> {
  return {
    'Content-Type': `${bulkTypes.csv}; charset=utf-8`,
    'Content-Disposition': `attachment; filename="${filename}"`,
  };
}

/** @throws AppError VALIDATION_FAILED if NDJSON is to have the columns of another shop */
function optionsOf(
  { stock: stockMode, dryRun: _read, format: fileFormat, ...query }: ImportQuery,
  request: Request,
): ImportOptions {
  const format = request.is(ndjsonTypes) ? 'ndjson' : 'csv';
  if (format === 'ndjson' && fileFormat !== undefined && fileFormat !== 'florin')
    throw new AppError(requestErrors.VALIDATION_FAILED, {
      errors: [{ path: 'format', message: `format=${fileFormat} requires a CSV file` }],
    });
  return { ...query, stockMode, fileFormat, format };
}

/** @throws AppError NOT_ACCEPTABLE */
function acceptedBy(request: Request): BulkFormat {
  const type = request.accepts(Object.values(bulkTypes));
  if (type === false) throw new AppError(bulkErrors.NOT_ACCEPTABLE);
  return type === bulkTypes.ndjson ? 'ndjson' : 'csv';
}
