import { idText, openDatabase } from '@florin/database';
import { encodeCursor } from '@florin/pagination';
import { countPurchases, listPurchases, type PurchaseFilter } from '@florin/product-server/purchases';
import type { Knex } from 'knex';
import { openStage } from './bench-platform.ts';
import { growPurchases } from './grow-purchases.ts';
import { measureRead, type ReadFigure } from './measure-reads.ts';
import type { Scenario, ScenarioResult } from './scenario.ts';

const PURCHASES = 1_000_000;
const DAY_MS = 86_400_000;
/** Product names to draw from. */
const aShelf = { wallets: 1, products: 1_000, openingCreditMinor: 1, stock: 1_000_000 };

/** Measures staff's lists of purchases at a million purchases. */
export const history: Scenario = {
  name: 'history',
  summary: 'purchases by status, user, product, time and total, and their summary, at a million purchases',
  async run(bench, _options) {
    const stage = await openStage(bench, 'history', aShelf);
    bench.onProgress(`Making ${PURCHASES} purchases`);
    // One connection, so that its session counters and temporary tables belong to the measurement.
    const db = openDatabase({ url: stage.databaseUrls.product, poolMax: 1, silenceTimeoutMs: 600_000 });
    try {
      await growPurchases(db, PURCHASES);
      await db.raw('ANALYZE TABLE purchases, purchase_items, stock_movements');
      const figures: ReadFigure[] = [];
      for (const [what, read] of await readsOf(db)) {
        const figure = await measureRead(db, what, read);
        bench.onProgress(JSON.stringify(figure));
        figures.push(figure);
      }
      return judge(figures);
    } finally {
      await db.destroy();
      await stage.close();
    }
  },
};

type Read = readonly [what: string, read: () => Promise<unknown>];

async function readsOf(db: Knex): Promise<Read[]> {
  const [middle, user] = await middleRow(db);
  const popular = await productAt(db, 0);
  const rare = await productAt(db, 999);
  const from = new Date(Date.now() - 50 * DAY_MS);
  const day = { from, to: new Date(from.getTime() + DAY_MS) };
  const most = await totalAbove(db, 0.999);
  const list = (what: string, filter: PurchaseFilter): Read => [what, () => listPurchases(db, filter, { limit: 20 })];
  const deep = (what: string, filter: PurchaseFilter, name = 'newest'): Read => [
    `${what}, from the middle`,
    () => listPurchases(db, filter, { limit: 20, cursor: encodeCursor(name, [middle]) }),
  ];
  return [
    list('all', {}),
    deep('all', {}),
    list('of a status that few have (paid)', { status: 'paid' }),
    list('of a status that most have (delivered)', { status: 'delivered' }),
    deep('of a status that most have', { status: 'delivered' }),
    list('of a user', { userId: user }),
    deep('of a user', { userId: user }),
    list('of a user and a product', { userId: user, productId: popular }),
    list('of a user and a status', { userId: user, status: 'declined' }),
    list('of a product that sells', { productId: popular }),
    deep('of a product that sells', { productId: popular }, 'newest-of-product'),
    list('of a product that sells seldom', { productId: rare }),
    list('of a product and a status', { productId: popular, status: 'paid' }),
    list('of a day', day),
    list('up to a day, of a status that most have', { to: day.to, status: 'delivered' }),
    list('of a day and a status', { ...day, status: 'declined' }),
    list('of a day and a product', { ...day, productId: popular }),
    list('at least of a total that one in a thousand has', { minTotalMinor: most }),
    list('the same, of a day', { ...day, minTotalMinor: most }),
    list('of a total that nobody has', { minTotalMinor: 2 * most }),
    ['summary', () => countPurchases(db, {})],
    ['summary of a day', () => countPurchases(db, day)],
    ['summary up to then', () => countPurchases(db, { to: day.to })],
    ['summary of a user', () => countPurchases(db, { userId: user })],
  ];
}

async function middleRow(db: Knex): Promise<[id: string, userId: string]> {
  const row = (await db('purchases')
    .orderBy('id')
    .offset(PURCHASES / 2)
    .first('id', 'user_id')) as { id: Buffer; user_id: Buffer };
  return [idText(row.id), idText(row.user_id)];
}

async function productAt(db: Knex, number: number): Promise<string> {
  const row = (await db('products').orderBy('id').offset(number).first('id')) as { id: Buffer };
  return idText(row.id);
}

async function totalAbove(db: Knex, share: number): Promise<number> {
  const row = (await db('purchases')
    .orderBy('total_minor')
    .offset(Math.floor(PURCHASES * share))
    .first('total_minor')) as { total_minor: number };
  return row.total_minor;
}

function judge(figures: readonly ReadFigure[]): ScenarioResult {
  const pages = figures.filter(({ what }) => !what.startsWith('summary'));
  const most = Math.max(...pages.map(({ rowsRead }) => rowsRead));
  return {
    tables: [
      {
        title: `${PURCHASES} purchases`,
        columns: ['', 'ms', 'rows read'],
        rows: figures.map(({ what, ms, rowsRead }) => [what, ms, rowsRead]),
      },
    ],
    targets: [{ what: 'rows read for any page', wanted: '<= 25000', measured: String(most), isMet: most <= 25_000 }],
    raw: { figures },
  };
}
