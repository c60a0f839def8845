import { createHash } from 'node:crypto';
import { AppError, requestErrors } from '@florin/app-response';
import { newId, type Transact } from '@florin/database';
import { createRateLimit, type RateLimit } from '@florin/http';
import { minorUnitsOf } from '@florin/values';
import type { Knex } from 'knex';
import type { CategoryPath, ProductDefaults } from '../catalogue/index.ts';
import type { WeightUnit } from '../shop-files/index.ts';
import type { BlankMode } from './csv-row.ts';
import { type Batch, decideBatch, importBatch } from './import-batch.ts';
import { createPreview } from './import-preview.ts';
import type { ImportReport } from './import-report.ts';
import { isOvertaken, type RowOptions } from './import-rows.ts';
import { createImportSlots, type ImportSlotsOptions } from './import-slots.ts';
import { countRowsDone, finishImport, type ImportName } from './lock-import.ts';
import { applyReadingAhead } from './read-ahead.ts';
import { type BulkFormat, type IdMode, type ReadRow, readRows } from './read-rows.ts';
import { createReadingPace } from './reading-pace.ts';
import type { FileFormat, FoundFormat } from './shop-rows.ts';

/** How the rows of a file are read and applied. */
export type ImportOptions = Omit<RowOptions, 'defaults' | 'dryRun' | 'by'> & {
  format: BulkFormat;
  blank: BlankMode;
  ids: IdMode;
  /** Undefined: the header decides. */
  fileFormat?: FileFormat | undefined;
  /** The unit of weights in files of other shops that name none. */
  weightUnit: WeightUnit;
  /** The category of new products whose rows name none. */
  defaultCategory?: CategoryPath | undefined;
};

export type ImportRequest = {
  body: AsyncIterable<Buffer>;
  options: ImportOptions;
  userId: string;
  idempotencyKey: string;
};

export type Importer = {
  /**
   * Imports a file. Returns after its last row is committed.
   *
   * @throws AppError RATE_LIMITED after too many failed imports or beside others of the user, UNAVAILABLE if too many imports are
   *   running, VALIDATION_FAILED for a file without rows, TOO_MANY_BAD_ROWS, IDEMPOTENCY_KEY_REUSED, and the errors of reading the
   *   body: the rows read before are imported, and sending the same file under the same key continues the import
   */
  run(request: ImportRequest): Promise<{ importId: string; isReplay: boolean } & Partial<FoundFormat>>;
  /**
   * Decides what the import of a file would do, and writes nothing.
   *
   * @throws AppError as `run`, except IDEMPOTENCY_KEY_REUSED
   */
  preview(request: Omit<ImportRequest, 'idempotencyKey'>): Promise<ImportReport>;
};

export type ImporterOptions = ImportSlotsOptions & {
  transact: Transact;
  /** For new products. */
  defaults: ProductDefaults;
  maxRows: number;
  /** Maximum number of invalid rows of a file. */
  maxBadRows: number;
  /** Maximum number of imports of a user per minute that end with a 4xx error. 0: no limit. */
  failuresPerMinute: number;
};

const BATCH_ROWS = 500;
/** Bounds the statements of a batch with long rows. */
const BATCH_LENGTH = 1_000_000;

/** Imports files of products while they arrive, one batch per transaction. Memory holds at most two batches of a file. */
export function createImporter({
  transact,
  defaults,
  maxRows,
  maxBadRows,
  failuresPerMinute,
  ...slotOptions
}: ImporterOptions): Importer {
  const failures = createFailureLimit(failuresPerMinute);
  const slots = createImportSlots(slotOptions);
  const pace = createReadingPace();
  const tax = { ratePercent: defaults.taxRatePercent ?? 0, decimals: minorUnitsOf(defaults.currency) };

  const importAll = async ({ body, options, userId, idempotencyKey }: ImportRequest) => {
    const seed = seedOf(options);
    const name: ImportName = { userId, idempotencyKey, newId: newId(), seed };
    const turns = pace.open();
    let known: number | undefined;
    // Read before the first row is written: a file that was imported before is replayed even if it now exceeds the maximum.
    const rowsDone = async (): Promise<number> => {
      known ??= await turns.between(() => transact((trx) => countRowsDone(trx, name)));
      return known;
    };
    let rows: { count: number; hash: Buffer } = { count: 0, hash: seed };
    let found: FoundFormat | undefined;
    const report = (file: FoundFormat): void => {
      found = file;
    };
    const reading = { ...options, tax, report, maxRows, maxBadRows, rowsDone, seed, turns };
    await applyReadingAhead(batches(readRows(body, reading), seed), {
      turns,
      prepare: rowsDone,
      async apply(batch) {
        await transact((trx) => importBatch(trx, name, { batch, ...options, defaults }), isOvertaken);
        rows = { count: rows.count + batch.rows.length, hash: batch.rows.at(-1)?.hash ?? rows.hash };
      },
    });
    if (rows.count === 0) throw noRows();
    const importId = await transact((trx) => finishImport(trx, name, rows));
    return { importId, isReplay: importId !== name.newId, ...found };
  };

  const previewAll = async ({ body, options, userId }: Omit<ImportRequest, 'idempotencyKey'>): Promise<ImportReport> => {
    const preview = createPreview(userId);
    const seed = seedOf(options);
    const turns = pace.open();
    let found: FoundFormat | undefined;
    const report = (file: FoundFormat): void => {
      found = file;
    };
    const reading = { ...options, tax, report, maxRows, maxBadRows, rowsDone: noneDone, seed, turns };
    for await (const batch of batches(readRows(body, reading), seed)) {
      const decide = (trx: Knex.Transaction) => decideBatch(trx, batch.rows, { ...options, defaults, dryRun: true, by: userId });
      const outcomes = await turns.between(() => transact(decide, isOvertaken));
      preview.add(batch.rows, outcomes);
    }
    const previewed = preview.report();
    if (previewed.rows === 0) throw noRows();
    return { ...previewed, ...found };
  };

  const withinLimits = async <Result>(userId: string, work: () => Promise<Result>): Promise<Result> => {
    await failures?.check(userId);
    const free = slots.take(userId);
    try {
      return await work();
    } catch (error) {
      if (isOfCaller(error)) await failures?.count(userId);
      throw error;
    } finally {
      free();
    }
  };

  return {
    run: (request) => withinLimits(request.userId, () => importAll(request)),
    preview: (request) => withinLimits(request.userId, () => previewAll(request)),
  };
}

const noneDone = (): Promise<number> => Promise.resolve(0);

function noRows(): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, { errors: [{ path: 'body', message: 'no rows' }] });
}

/** Reading a file up to its fault costs the work of many requests. */
function createFailureLimit(perMinute: number): RateLimit | undefined {
  return perMinute === 0 ? undefined : createRateLimit({ name: 'failed-imports', points: perMinute, durationS: 60 });
}

function isOfCaller(error: unknown): boolean {
  return error instanceof AppError && error.status < 500;
}

/** The start of the row hash: other options make another request. Older releases hashed the first two options alone. */
function seedOf(options: ImportOptions): Buffer {
  const { format, stockMode, skuMismatch, blank, ids, createCategories, fileFormat, weightUnit, defaultCategory } = options;
  const further = [
    skuMismatch === 'rename' ? ' rename' : '',
    blank === 'clear' ? ' clear' : '',
    ids === 'ignore' ? ' ignore' : '',
    createCategories ? ' createCategories' : '',
    fileFormat === undefined ? '' : ` ${fileFormat}`,
    weightUnit === 'kg' ? '' : ` ${weightUnit}`,
    defaultCategory === undefined ? '' : ` ${JSON.stringify(defaultCategory)}`,
  ];
  return createHash('sha256')
    .update(`${format} ${stockMode}${further.join('')}`)
    .digest();
}

async function* batches(rows: AsyncIterable<ReadRow>, seed: Buffer): AsyncGenerator<Batch> {
  let hashBefore = seed;
  let batch: ReadRow[] = [];
  let length = 0;
  for await (const row of rows) {
    batch.push(row);
    length += row.length;
    if (batch.length < BATCH_ROWS && length < BATCH_LENGTH) continue;
    yield { rows: batch, hashBefore };
    hashBefore = row.hash;
    batch = [];
    length = 0;
  }
  if (batch.length > 0) yield { rows: batch, hashBefore };
}
