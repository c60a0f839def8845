import { readFile } from 'node:fs/promises';
import { createFlorinClient } from '@florin/client';
import { type ProductSort, productSorts } from '@florin/product-server/catalogue';
import { type Bench, openStage, type Running, type Stage, startServices } from './bench-platform.ts';
import { type Ask, commonWord, drawAsks, drawFaceted, kinds, pathOf, readCatalogue } from './browse-asks.ts';
import type { BrowseResult, BrowseSpec } from './browse-load.ts';
import { enlargeBufferPool, untilWritten } from './buffer-pool.ts';
import { captureStatements, countRowsRead } from './capture-statements.ts';
import { aFewWallets, browsedProducts } from './contents.ts';
import { cpuBetween, readCpu } from './read-cpu.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { runChild } from './run-child.ts';
import { median, type Scenario, type ScenarioOptions, type ScenarioResult } from './scenario.ts';
import { seedBrowsed } from './seed-browsed.ts';
import { startBareServer } from './start-bare-server.ts';

const CONNECTIONS = 16;
const ASKS = 1_000;
const SHARE_OF_MOST = 0.8;
const DEEP_PAGE = 10_000;
const PAGE = 20;
const LARGEST_PAGE = 100;

/** Measures lists of a catalogue with a million products. */
export const browse: Scenario = {
  name: 'browse',
  summary:
    'lists, filters, facets, search, variants and withinLimit over a million products, first page and page 10,000; beside the bare queries',
  async run(bench, options) {
    const stage = await openStage(bench, 'browse', aFewWallets);
    await enlargeBufferPool(bench);
    const seededS = await seed(bench, stage);
    await untilWritten(bench);
    const { userIds } = JSON.parse(await readFile(stage.dataPath, 'utf8')) as { userIds: string[] };
    const catalogue = await readCatalogue(stage.product, userIds);
    const asks = drawAsks(catalogue, ASKS);
    const running = await startServices(bench, stage);
    try {
      const deep = await walkDeep(bench, running);
      const measured = await measure(bench, { stage, running, asks, faceted: drawFaceted(catalogue), deep, options });
      return judge({ ...measured, seededS });
    } finally {
      await running.stop();
      await requireCleanAudit(stage);
      await stage.close();
    }
  },
};

async function seed(bench: Bench, { product }: Stage): Promise<number> {
  const startedAt = Date.now();
  await seedBrowsed(product, bench);
  await product.raw('ANALYZE TABLE products, product_labels, search_documents, search_words');
  const tookS = (Date.now() - startedAt) / 1_000;
  bench.onProgress(`Seeded in ${tookS.toFixed(0)} s`);
  return tookS;
}

/** Finds page 10,000 of each sort order page by page, as a client does, with five times the page size. */
async function walkDeep({ onProgress }: Bench, { productUrl }: Running): Promise<Ask[]> {
  const florin = createFlorinClient({ baseUrl: productUrl });
  const asks = await Promise.all(
    productSorts.map(async (sort) => {
      let cursor = '';
      let read = 0;
      for await (const { page } of florin.pages('/v1/products', { params: { query: { sort, limit: LARGEST_PAGE } } })) {
        cursor = page.nextCursor ?? '';
        if (++read >= ((DEEP_PAGE - 1) * PAGE) / LARGEST_PAGE) break;
      }
      return { kind: `page ${DEEP_PAGE}, ${sort}`, query: { sort, cursor } };
    }),
  );
  onProgress(`Page ${DEEP_PAGE} of each sort is reached`);
  return asks;
}

type Figures = BrowseResult & { what: string; productUs: number; databaseUs: number };
type Inputs = {
  stage: Stage;
  running: Running;
  asks: readonly Ask[];
  faceted: readonly Ask[];
  deep: readonly Ask[];
  options: ScenarioOptions;
};

async function measure(bench: Bench, { stage, running, asks, faceted, deep, options: { rounds, seconds } }: Inputs) {
  const statements = await captureStatements(stage.databaseUrls.product, asks);
  const bare = await startBareServer({
    databaseUrl: stage.databaseUrls.product,
    answers: asks.map((ask, index) => ({ path: pathOf(ask), statements: statements[index] ?? [] })),
  });
  const load = (what: string, wanted: readonly Ask[], spec: Partial<BrowseSpec> = {}, product = running.pids.product) =>
    runBrowse(bench, {
      what,
      asks: wanted,
      product,
      spec: { url: running.productUrl, connections: CONNECTIONS, seconds, ...spec },
    });
  try {
    await load('warming up', asks);
    const mixes: { florin: Figures; bare: Figures }[] = [];
    for (let round = 1; round <= rounds; round++)
      mixes.push({ florin: await load('florin', asks), bare: await load('bare', asks, { url: bare.url }, bare.pid) });
    const most = median(mixes.map(({ florin }) => florin.perS));
    const paced = await load('florin at 80%', asks, { ratePerS: Math.floor(most * SHARE_OF_MOST) });
    const pages: { sort: ProductSort; first: Figures; deep: Figures }[] = [];
    for (let round = 1; round <= rounds; round++)
      for (const [index, sort] of productSorts.entries())
        pages.push({
          sort,
          first: await load(`first page, ${sort}`, [{ kind: '', query: { sort } }]),
          deep: await load(`page ${DEEP_PAGE}, ${sort}`, deep.slice(index, index + 1)),
        });
    const byKind: (Figures & { rows: number })[] = [];
    for (const kind of [...Object.keys(kinds), commonWord.kind]) {
      const wanted = kind === commonWord.kind ? [commonWord] : asks.filter((ask) => ask.kind === kind);
      byKind.push({ ...(await load(kind, wanted)), rows: await medianRowsRead(stage, wanted) });
    }
    const facets: { plain: Figures; counted: Figures }[] = [];
    for (const ask of faceted)
      facets.push({ plain: await load(ask.kind, [withoutFacets(ask)]), counted: await load(`${ask.kind}, with facets`, [ask]) });
    const deepRows = new Map<ProductSort, number>();
    for (const [index, sort] of productSorts.entries())
      deepRows.set(sort, await medianRowsRead(stage, deep.slice(index, index + 1)));
    return { mixes, paced, pages, byKind, facets, deepRows };
  } finally {
    bare.stop();
  }
}

function withoutFacets({ query: { facets: _counted, ...query }, ...ask }: Ask): Ask {
  return { ...ask, query };
}

async function runBrowse(
  bench: Bench,
  { what, asks, product, spec }: { what: string; asks: readonly Ask[]; product: number; spec: Omit<BrowseSpec, 'requests'> },
): Promise<Figures> {
  const requests = asks.map((ask) => ({
    path: pathOf(ask),
    ...(ask.userId === undefined ? {} : { token: bench.issuer.tokenFor({ id: ask.userId }) }),
  }));
  const pids = { product, database: bench.pids.database };
  const before = readCpu(pids);
  const { result } = await runChild<BrowseResult>('browse-load.ts', { ...spec, requests });
  const cpu = cpuBetween(before, readCpu(pids));
  const answers = Math.max(1, result.perS * spec.seconds);
  const figures = {
    ...result,
    what,
    productUs: ((cpu['product'] ?? 0) * 1_000) / answers,
    databaseUs: ((cpu['database'] ?? 0) * 1_000) / answers,
  };
  bench.onProgress(
    `${what}: ${result.perS.toFixed(0)}/s, p50 ${result.p50Ms} p99 ${result.p99Ms} ms, product ${figures.productUs.toFixed(0)} database ${figures.databaseUs.toFixed(0)} µs, ${result.failures} failures`,
  );
  if (result.failures > 0) throw new Error(`${what}: ${result.failures} requests were not answered as they should`);
  return figures;
}

async function medianRowsRead({ databaseUrls, product }: Stage, asks: readonly Ask[]): Promise<number> {
  const statements = await captureStatements(databaseUrls.product, asks.slice(0, 25));
  const rows: number[] = [];
  for (const one of statements) rows.push(await countRowsRead(product, one));
  return median(rows);
}

type Measured = Awaited<ReturnType<typeof measure>> & { seededS: number };

function judge(measured: Measured): ScenarioResult {
  const { mixes, paced, pages, byKind, facets, deepRows, seededS } = measured;
  const cells = (one: Figures) => [one.what, one.perS, one.p50Ms, one.p99Ms, one.productUs, one.databaseUs];
  const columns = ['', 'answers/s', 'p50 ms', 'p99 ms', 'node µs', 'database µs'];
  const ofBare = median(mixes.map(({ florin, bare }) => florin.perS / bare.perS));
  const deeper = Math.max(
    ...productSorts.map((wanted) =>
      median(pages.filter(({ sort }) => sort === wanted).map(({ first, deep }) => cpuOf(deep) / cpuOf(first))),
    ),
  );
  const timesOf = ({ plain, counted }: (typeof facets)[number]): number => cpuOf(counted) / cpuOf(plain);
  const dearest = Math.max(...facets.map(timesOf));
  return {
    tables: [
      { title: 'The mix', columns, rows: [...mixes.flatMap(({ florin, bare }) => [florin, bare]), paced].map(cells) },
      {
        title: `First page and page ${DEEP_PAGE}`,
        columns: [...columns, 'rows read'],
        rows: pages.flatMap(({ sort, first, deep }) => [
          [...cells(first), ''],
          [...cells(deep), deepRows.get(sort) ?? ''],
        ]),
      },
      {
        title: 'Lists without and with facets',
        columns: [...columns, 'times the processor time'],
        rows: facets.flatMap((pair) => [
          [...cells(pair.plain), ''],
          [...cells(pair.counted), timesOf(pair).toFixed(2)],
        ]),
      },
      { title: 'Each kind by itself', columns: [...columns, 'rows read'], rows: byKind.map((one) => [...cells(one), one.rows]) },
    ],
    targets: [
      { what: 'the mix, p99 at 80%', wanted: '<= 30 ms', measured: `${paced.p99Ms} ms`, isMet: paced.p99Ms <= 30 },
      { what: 'the mix, to its bare queries', wanted: '>= 70%', measured: `${(100 * ofBare).toFixed(0)}%`, isMet: ofBare >= 0.7 },
      {
        what: `page ${DEEP_PAGE} to the first, the worst sort, in processor time`,
        wanted: '<= 1.2 times',
        measured: `${deeper.toFixed(2)} times`,
        isMet: deeper <= 1.2,
      },
      {
        what: 'a list with facets to the same without, the worst, in processor time',
        wanted: '<= 3 times',
        measured: `${dearest.toFixed(2)} times`,
        isMet: dearest <= 3,
      },
      {
        what: `seeding ${browsedProducts} products`,
        wanted: 'minutes',
        measured: `${(seededS / 60).toFixed(1)} minutes`,
        isMet: seededS < 600,
      },
    ],
    raw: { ...measured, deepRows: Object.fromEntries(deepRows) },
  };
}

/** Processor time of the service and the database. Rates are those of the whole machine. */
function cpuOf({ productUs, databaseUs }: Figures): number {
  return productUs + databaseUs;
}
