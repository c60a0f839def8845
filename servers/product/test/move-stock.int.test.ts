import { idBytes, newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { createProducts } from '../src/catalogue/create-products.ts';
import { lockProducts } from '../src/stock/lock-products.ts';
import { moveStock } from '../src/stock/move-stock.ts';

describe('moveStock', () => {
  let database: TestDatabase;
  let ids: string[];

  before(async () => {
    database = await createTestDatabase(migrations);
    const categoryId = newId();
    await database.db.raw(
      "INSERT INTO categories (id, name, description, created_at, updated_at) VALUES (?, 'Tea', '', NOW(3), NOW(3))",
      [idBytes(categoryId)],
    );
    // With so few products, the server would choose to read all instead of looking up two.
    const products = ['first', 'second', 'third'].map((name) => ({ name, priceMinor: 100, stock: 10, categoryId }));
    ids = await database.db.transaction((trx) => createProducts(trx, products, { currency: 'EUR' }));
  });
  after(() => database.drop());

  it('does not wait for locks on other products', async () => {
    const { db } = database;
    const [other = '', ...mine] = ids;
    const neighbour = await db.transaction();
    await lockProducts(neighbour, [other]);
    // Waiting for a lock ends with an error after `innodb_lock_wait_timeout`.
    const moved = await db.transaction(async (trx) => {
      const movements = mine.map((productId) => ({ productId, delta: 5, reason: 'delivery' as const }));
      await moveStock(trx, await lockProducts(trx, mine), { movements, at: new Date() });
      return 'moved';
    });
    expect(moved).to.equal('moved');
    await neighbour.rollback();
  });
});
