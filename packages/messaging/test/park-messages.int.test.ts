import { runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { parkMessages } from '../src/park-messages.ts';
import { migrations } from './test-service.ts';

describe('parkMessages', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  it('stores more bytes than fit into one statement', async () => {
    const letters = Array.from({ length: 100 }, (_, offset) => ({
      topic: 'florin.purchases',
      partition: 0,
      message: { offset: String(offset), key: Buffer.from('alice'), value: Buffer.alloc(200_000, 'x'), headers: {} },
    }));
    await runTransaction(database.db, (trx) => parkMessages(trx, 'florin.test', letters));
    const [rows] = (await database.db.raw('SELECT LENGTH(value) AS bytes FROM dead_letters')) as [{ bytes: number }[]];
    expect(rows.map(({ bytes }) => bytes)).to.deep.equal(letters.map(() => 200_000));
  });
});
