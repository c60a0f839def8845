import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../../servers/product/migrations/index.ts';
import { seedProducts } from './seed-products.ts';

describe('seedProducts', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  const seed = (products: number, signal = new AbortController().signal): Promise<number> =>
    seedProducts(database.db, { products, currency: 'EUR', signal, onProgress: () => {} });
  const count = async (sql: string): Promise<number> => {
    const [[row]] = (await database.db.raw(sql)) as [[{ counted: number }]];
    return row.counted;
  };

  it('makes what is missing, with its opening stock, and goes on where it was', async () => {
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

  it('stops between two sets when it is told to', async () => {
    const failure = await seed(5_000, AbortSignal.abort(new Error('Stopped'))).catch((error: unknown) => error);
    expect(failure).to.include({ message: 'Stopped' });
    expect(await count('SELECT COUNT(*) AS counted FROM products')).to.equal(900);
  });
});
