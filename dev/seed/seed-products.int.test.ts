import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { idText, runTransaction } from '@florin/database';
import { createProducts } from '@florin/product-server/catalogue';
import { migrations } from '@florin/product-server/migrations';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { seedProducts } from './seed-products.ts';

const florin = join(import.meta.dirname, '../florin.mjs');

describe('seedProducts', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  const seed = (products: number, signal = new AbortController().signal): Promise<number> =>
    seedProducts(database.db, {
      products,
      currency: 'EUR',
      actor: { actorId: null, actorName: 'olga' },
      signal,
      onProgress: () => {},
    });
  const count = async (sql: string): Promise<number> => {
    const [[row]] = (await database.db.raw(sql)) as [[{ counted: number }]];
    return row.counted;
  };

  it('creates missing products with their opening stock, and continues an interrupted run', async () => {
    expect(await seed(700)).to.equal(700);
    expect(await seed(900)).to.equal(200);
    expect(await seed(900)).to.equal(0);
    expect(await count('SELECT COUNT(DISTINCT sku) AS counted FROM products')).to.equal(900);
    expect(
      await count(
        `SELECT COUNT(*) AS counted FROM products p
         WHERE p.stock <> (SELECT COALESCE(SUM(m.delta), 0) FROM stock_movements m WHERE m.product_id = p.id)`,
      ),
    ).to.equal(0);
  });

  it('writes an audit entry for each batch and for its categories, with the actor', async () => {
    const entries: string[] = await database
      .db('audit_log')
      .where({ action: 'catalogue.seed' })
      .orderBy('id')
      .pluck('state_after');
    const after = entries.map((entry) => JSON.parse(entry) as { products?: number; categories?: number; ranBy: string });
    expect(after.map(({ ranBy }) => ranBy)).to.deep.equal(['olga', 'olga', 'olga', 'olga']);
    expect(after[0]?.categories).to.be.above(0);
    expect(after.reduce((sum, { products = 0 }) => sum + products, 0)).to.equal(900);
  });

  it('writes none for a failed batch', async () => {
    await database.db.raw("CREATE TRIGGER products_away BEFORE INSERT ON products FOR EACH ROW SIGNAL SQLSTATE '45000'");
    expect(await seed(950).catch((error: unknown) => error)).to.be.instanceOf(Error);
    await database.db.raw('DROP TRIGGER products_away');
    expect(await database.db('audit_log')).to.have.length(4);
  });

  it('continues after its own last SKU, whatever other SKUs have the same prefix', async () => {
    const [first] = (await database.db('products').orderBy('id').limit(1)) as { category_id: Buffer }[];
    for (const sku of ['SEED-zebra', 'SEED-99999999 blue', 'SEED-\u{10330}', 'SEED-é'])
      await runTransaction(database.db, (trx) =>
        createProducts(trx, [{ sku, name: 'Zebra', priceMinor: 1, categoryId: idText(first?.category_id ?? Buffer.alloc(0)) }], {
          currency: 'EUR',
        }),
      );
    expect(await seed(1_000)).to.equal(96);
    expect(
      await count("SELECT COUNT(*) AS counted FROM products WHERE sku BETWEEN 'SEED-00000900' AND 'SEED-00000995'"),
    ).to.equal(96);
  });

  for (const given of ['ZZZ', 'EURO'])
    it(`rejects prices in ${given} with exit code 2`, async () => {
      const env = { PATH: process.env['PATH'], PRODUCT_DATABASE_URL: database.url, FLORIN_CURRENCY: given };
      const run = promisify(execFile)(process.execPath, ['--conditions=source', florin, 'seed', '--products', '2000'], { env });
      const failure = (await run.catch((error: unknown) => error)) as { code: number; stderr: string };
      expect(failure).to.include({ code: 2 });
      expect(failure.stderr).to.match(/^FLORIN_CURRENCY must be a currency code of ISO 4217, such as EUR$/m);
    });

  it('stops between two batches on request', async () => {
    const failure = await seed(5_000, AbortSignal.abort(new Error('Stopped'))).catch((error: unknown) => error);
    expect(failure).to.include({ message: 'Stopped' });
    expect(await count('SELECT COUNT(*) AS counted FROM products')).to.equal(1_000);
  });
});
