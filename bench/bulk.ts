import { idText, newId } from '@florin/database';
import { seedProducts } from '../dev/seed/seed-products.ts';
import { type Bench, openStage, type Stage, startProduct } from './bench-platform.ts';
import { aFewWallets } from './contents.ts';
import { readMemoryBytes } from './read-cpu.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';

const ROWS = 100_000;
/** Makes 100,000 rows just smaller than the maximum of 200 MiB. */
const DESCRIPTION_LENGTH = 1_700;
const SEEDED_PRODUCTS = 300_000;
const ROWS_PER_CHUNK = 50;
const LOOK_EVERY_MS = 50;
const QUARTERS = 4;
const MIB = 1024 * 1024;

const types = { ndjson: 'application/x-ndjson', csv: 'text/csv' } as const;
type Format = keyof typeof types;
const formats = ['ndjson', 'csv'] as const;

/** Checks that importing and exporting a file takes constant memory. */
export const bulk: Scenario = {
  name: 'bulk',
  summary: `files of ${ROWS} products and 200 MB, in NDJSON and CSV, and the export of ${SEEDED_PRODUCTS} more: rows a second and product's memory`,
  async run(bench, _options) {
    const stage = await openStage(bench, 'bulk', aFewWallets);
    const [first] = (await stage.product('categories').limit(1).pluck('id')) as Buffer[];
    const categoryId = idText(first ?? Buffer.alloc(0));
    const transfers: Transfer[] = [];
    for (const format of formats) transfers.push(await measureImport(bench, stage, { format, categoryId }));
    await seed(bench, stage);
    for (const format of formats) transfers.push(await measureExport(bench, stage, format));
    await requireCleanAudit(stage);
    await stage.close();
    return judge(transfers);
  },
};

type Transfer = {
  what: string;
  rows: number;
  mib: number;
  rowsPerS: number;
  idleMib: number;
  /** Maximum resident memory in each quarter of the rows. */
  quartersMib: number[];
  peakMib: number;
};

/** Number of rows so far, and their bytes. */
type Progress = { rows: number; bytes: number };

async function measureImport(
  bench: Bench,
  stage: Stage,
  { format, categoryId }: { format: Format; categoryId: string },
): Promise<Transfer> {
  const headers = { 'content-type': types[format], 'idempotency-key': newId() };
  return measure(bench, stage, { what: `import, ${format}`, rows: ROWS }, async ({ url, token, progress }) => {
    const body = ReadableStream.from(file({ format, categoryId, progress }));
    const init = { method: 'POST', headers: { ...headers, authorization: `Bearer ${token}` }, body, duplex: 'half' as const };
    const answer = await fetch(`${url}/v1/products/import`, init);
    const text = await answer.text();
    const { data } = JSON.parse(text) as { data?: { created: number; updated: number } };
    if (answer.status !== 201 || (data?.created ?? 0) + (data?.updated ?? 0) !== ROWS) throw new Error(text.slice(0, 1_000));
  });
}

/** Each format has the same SKUs with other prices: the first file creates the products, the next one changes them. */
async function* file({
  format,
  categoryId,
  progress,
}: {
  format: Format;
  categoryId: string;
  progress: Progress;
}): AsyncGenerator<Buffer> {
  const columns = ['sku', 'name', 'description', 'priceMinor', 'categoryId'];
  if (format === 'csv') yield Buffer.from(`${columns.join()}\n`);
  for (let first = 0; first < ROWS; first += ROWS_PER_CHUNK) {
    const rows = Array.from({ length: ROWS_PER_CHUNK }, (_, index) => {
      const number = first + index;
      return [`BULK-${number}`, `Product ${number}`, describe(number), 100 + formats.indexOf(format), categoryId];
    });
    const text =
      format === 'csv'
        ? rows.map((row) => `${row.map(cellOf).join()}\n`).join('')
        : rows.map((row) => `${JSON.stringify(Object.fromEntries(columns.map((column, at) => [column, row[at]])))}\n`).join('');
    const chunk = Buffer.from(text);
    yield chunk;
    progress.rows += ROWS_PER_CHUNK;
    progress.bytes += chunk.length;
  }
}

function cellOf(value: string | number | undefined): string {
  return `"${String(value).replaceAll('"', '""')}"`;
}

/** Words that differ between products, as work for the full-text index. */
function describe(number: number): string {
  const word = `word${number % 5_000} and "thing${number % 77}", `;
  return word.repeat(Math.ceil(DESCRIPTION_LENGTH / word.length)).slice(0, DESCRIPTION_LENGTH);
}

async function seed({ signal, onProgress }: Bench, { product }: Stage): Promise<void> {
  onProgress(`Seeding ${SEEDED_PRODUCTS} products more`);
  const products = ROWS + SEEDED_PRODUCTS;
  await seedProducts(product, {
    actor: { actorId: null, actorName: 'bench' },
    products,
    currency: 'EUR',
    signal,
    onProgress: () => {},
  });
}

async function measureExport(bench: Bench, stage: Stage, format: Format): Promise<Transfer> {
  const rows = ROWS + SEEDED_PRODUCTS;
  return measure(bench, stage, { what: `export, ${format}`, rows }, async ({ url, token, progress }) => {
    const answer = await fetch(`${url}/v1/products/export?format=${format}`, { headers: { authorization: `Bearer ${token}` } });
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      progress.bytes += chunk.length;
      // Descriptions have no line ends.
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) progress.rows++;
    }
    if (progress.rows < rows) throw new Error(`${answer.status}: ${progress.rows} lines came, not ${rows}`);
  });
}

type Moving = { url: string; token: string; progress: Progress };

/** Runs in a new service, so that measurements are independent. */
async function measure(
  bench: Bench,
  stage: Stage,
  { what, rows }: { what: string; rows: number },
  move: (moving: Moving) => Promise<void>,
): Promise<Transfer> {
  const token = bench.issuer.tokenFor({ id: newId(), roles: ['staff'] });
  const progress: Progress = { rows: 0, bytes: 0 };
  const service = await startProduct(bench, stage);
  const idleMib = readMemoryBytes(service.pid) / MIB;
  const quartersMib = Array.from({ length: QUARTERS }, () => 0);
  const watch = setInterval(() => {
    const quarter = Math.min(QUARTERS - 1, Math.floor((QUARTERS * progress.rows) / rows));
    quartersMib[quarter] = Math.max(quartersMib[quarter] ?? 0, readMemoryBytes(service.pid) / MIB);
  }, LOOK_EVERY_MS);
  try {
    const startedAt = Date.now();
    await move({ url: service.url, token, progress });
    const rowsPerS = rows / ((Date.now() - startedAt) / 1_000);
    const peakMib = readMemoryBytes(service.pid, 'VmHWM') / MIB;
    const transfer = { what, rows, mib: progress.bytes / MIB, rowsPerS, idleMib, quartersMib, peakMib };
    bench.onProgress(JSON.stringify(transfer));
    return transfer;
  } finally {
    clearInterval(watch);
    await service.stop();
  }
}

function judge(transfers: readonly Transfer[]): ScenarioResult {
  return {
    tables: [
      {
        title: 'Files of products',
        columns: ['', 'rows', 'MiB', 'rows/s', 'idle MiB', '1st quarter', '2nd', '3rd', '4th', 'peak MiB'],
        rows: transfers.map(({ what, rows, mib, rowsPerS, idleMib, quartersMib, peakMib }) => [
          what,
          rows,
          mib,
          rowsPerS,
          idleMib,
          ...quartersMib,
          peakMib,
        ]),
      },
    ],
    targets: transfers.map(({ what, quartersMib }) => {
      const [first = Number.NaN, ...others] = quartersMib;
      const growth = Math.max(...others) / first;
      return {
        what: `${what}: memory in the later quarters to the first`,
        wanted: '<= 1.15 times',
        measured: `${growth.toFixed(2)} times`,
        isMet: growth <= 1.15,
      };
    }),
    raw: { transfers },
  };
}
