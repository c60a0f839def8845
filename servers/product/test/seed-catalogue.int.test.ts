import { runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { seedCatalogue } from '../src/catalogue/index.ts';

describe('the demo catalogue', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  const seed = (): Promise<number> =>
    runTransaction(database.db, (trx) => seedCatalogue(trx, { currency: 'EUR', actor: { actorId: null, actorName: 'olga' } }));
  const entries = (): Promise<unknown[]> => database.db('audit_log').select('action', 'subject', 'state_after');

  it('writes no audit entry if it cannot be written', async () => {
    await database.db.raw("CREATE TRIGGER no_entry BEFORE INSERT ON stock_movements FOR EACH ROW SIGNAL SQLSTATE '45000'");
    expect(await seed().catch((error: unknown) => error)).to.be.instanceOf(Error);
    await database.db.raw('DROP TRIGGER no_entry');
    expect(await entries()).to.deep.equal([]);
    expect(await database.db('categories')).to.deep.equal([]);
  });

  it('is written once, with one audit entry that names the user of the command', async () => {
    const products = await seed();
    expect(products).to.be.above(0);
    expect(await seed()).to.equal(0);
    const state_after = JSON.stringify({ products, ranBy: 'olga' });
    expect(await entries()).to.deep.equal([{ action: 'catalogue.seed', subject: 'demo', state_after }]);
  });
});
