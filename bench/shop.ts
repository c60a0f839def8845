import { readFileSync } from 'node:fs';
import { execute, idBytes } from '@florin/database';
import { showCart } from '@florin/product-server/carts';
import type { Knex } from 'knex';
import { type Bench, openStage, type Stage } from './bench-platform.ts';
import { compareRates } from './compare-rates.ts';
import { type LoadData, priceMinorOf, productOfUser } from './load-data.ts';
import { measurePurchases, type PurchaseFigures } from './measure-purchases.ts';
import { measureRead, type ReadFigure } from './measure-reads.ts';
import { openUnsigned } from './open-unsigned.ts';
import { requireCleanAudit } from './require-clean-audit.ts';
import { median, type Scenario, type ScenarioResult } from './scenario.ts';

const CONNECTIONS = 64;
const WARM_UP_S = 5;
const PER_STATEMENT = 500;
const ITEMS = [1, 10, 50] as const;
const WANTED_SHARE = 0.8;
const WANTED_READ_MS = 1;
const READS = 50;
const contents = { wallets: 5_000, products: 1_000, openingCreditMinor: 1_000_000_000_000, stock: 1_000_000_000 };

/** Measures checkouts beside plain purchases of the same items, and reads of carts. */
export const shop: Scenario = {
  name: 'shop',
  summary: 'checkout of carts with one item relative to plain purchases, 64 connections, 5k carts; the read of a cart',
  async run(bench, { rounds }) {
    const stage = await openStage(bench, 'shop', contents);
    const data = JSON.parse(readFileSync(stage.dataPath, 'utf8')) as LoadData;
    const figures: PurchaseFigures[] = [];
    for (let round = 1; round <= rounds; round++) {
      // The order changes, because the machine's speed does.
      for (const isCheckout of round % 2 === 1 ? [false, true] : [true, false])
        figures.push(await measure(bench, stage, { data, isCheckout, round }));
    }
    const reads = await measureCarts(stage, data);
    await requireCleanAudit(stage);
    await stage.close();
    return judge(figures, reads);
  },
};

type Run = { data: LoadData; isCheckout: boolean; round: number };

async function measure(bench: Bench, stage: Stage, { data, isCheckout, round }: Run): Promise<PurchaseFigures> {
  const variant = { name: isCheckout ? 'checkout' : 'plain' };
  const figures = await measurePurchases(bench, stage, {
    variant,
    load: {
      connections: CONNECTIONS,
      seconds: 1,
      warmUpSeconds: WARM_UP_S,
      amount: data.userIds.length,
      isCheckout,
      prepare: () => fillCarts(stage.product, data, 1),
    },
  });
  const statuses = JSON.stringify(figures.statuses);
  bench.onProgress(`Round ${round}, ${variant.name}: ${figures.decidedPerS.toFixed(0)}/s, ${statuses}`);
  if (figures.accepted !== data.userIds.length)
    throw new Error(`${variant.name}: ${statuses} of ${data.userIds.length} requests`);
  return figures;
}

/** Puts one unit of each of some products into the cart of each user, beginning with the product of the user. */
async function fillCarts(db: Knex, { userIds, productIds }: LoadData, items: number): Promise<void> {
  await db.raw('DELETE FROM cart_items');
  for (let start = 0; start < userIds.length; start += PER_STATEMENT) {
    const users = userIds.slice(start, start + PER_STATEMENT);
    await execute(db, 'INSERT INTO carts (user_id, updated_at) VALUES ? ON DUPLICATE KEY UPDATE version = carts.version + 1', [
      users.map((id) => [idBytes(id), new Date()]),
    ]);
    const rows = users.flatMap((id, index) =>
      Array.from({ length: items }, (_, position) => {
        const product = productOfUser(start + index + position, productIds.length);
        return [idBytes(id), idBytes(productIds[product] ?? ''), position, 1, priceMinorOf(product), 'EUR'];
      }),
    );
    await execute(
      db,
      'INSERT INTO cart_items (user_id, product_id, position, quantity, added_price_minor, added_currency) VALUES ?',
      [rows],
    );
  }
}

async function measureCarts({ databaseUrls, product }: Stage, data: LoadData): Promise<ReadFigure[]> {
  const db = openUnsigned({ url: databaseUrls.product, poolMax: 1 });
  try {
    const figures: ReadFigure[] = [];
    const few = { ...data, userIds: data.userIds.slice(0, PER_STATEMENT) };
    for (const items of ITEMS) {
      await fillCarts(product, few, items);
      let next = 0;
      const read = () => showCart(db, few.userIds[next++ % few.userIds.length] ?? '', { currency: 'EUR', taxRatePercent: 0 });
      figures.push(await measureInDatabase(db, `a cart of ${items}`, read));
    }
    return figures;
  } finally {
    await db.destroy();
  }
}

/** Measures the server's own time of a read, by its profiles of statements. The rows are those of one read. */
async function measureInDatabase(db: Knex, what: string, read: () => Promise<unknown>): Promise<ReadFigure> {
  const { rowsRead } = await measureRead(db, what, read);
  const sums: number[] = [];
  let seen = 0;
  for (let time = 0; time < READS; time++) {
    await db.raw('SET profiling = 1');
    await read();
    await db.raw('SET profiling = 0');
    const [profiles] = (await db.raw('SHOW PROFILES')) as [Profile[]];
    const selects = profiles.filter(({ Query_ID, Query }) => Query_ID > seen && Query.startsWith('SELECT'));
    seen = Math.max(...profiles.map(({ Query_ID }) => Query_ID));
    sums.push(selects.reduce((sum, { Duration }) => sum + Number(Duration) * 1_000, 0));
  }
  return { what, ms: median(sums), rowsRead };
}

/** The server keeps the last 15, in seconds. */
type Profile = { Query_ID: number; Duration: number; Query: string };

function judge(figures: readonly PurchaseFigures[], reads: readonly ReadFigure[]): ScenarioResult {
  const of = (name: string): number[] => figures.filter(({ variant }) => variant === name).map(({ decidedPerS }) => decidedPerS);
  const checkouts = of('checkout');
  const rate = compareRates(of('plain').map((reference, index) => ({ reference, subject: checkouts[index] ?? reference })));
  const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
  const slowest = Math.max(...reads.map(({ ms }) => ms));
  return {
    tables: [
      {
        title: 'Checkouts of carts with one item, relative to plain purchases (95% interval)',
        columns: ['connections', 'decided', 'from', 'to', 'rounds'],
        rows: [[CONNECTIONS, ...[rate.mean, rate.low, rate.high].map(percent), rate.rounds]],
      },
      {
        title: 'Reads of a cart, time in the database',
        columns: ['', 'ms', 'rows read'],
        rows: reads.map(({ what, ms, rowsRead }) => [what, ms.toFixed(2), rowsRead]),
      },
    ],
    targets: [
      {
        what: 'checkout relative to plain purchases, 64 connections',
        wanted: `>= ${percent(WANTED_SHARE)}`,
        measured: percent(rate.mean),
        isMet: rate.mean >= WANTED_SHARE,
      },
      {
        what: 'read of a cart',
        wanted: `<= ${WANTED_READ_MS} ms`,
        measured: `${slowest.toFixed(2)} ms`,
        isMet: slowest <= WANTED_READ_MS,
      },
    ],
    raw: { figures, reads },
  };
}
