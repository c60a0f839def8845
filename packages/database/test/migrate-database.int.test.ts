import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { type Migration, migrateDatabase, openDatabase } from '../src/index.ts';

const first: Migration = {
  name: '0001-books',
  up: ['CREATE TABLE books (id INT PRIMARY KEY)', 'DO SLEEP(0.2)'],
};
const second: Migration = {
  name: '0002-title',
  up: ['ALTER TABLE books ADD COLUMN title VARCHAR(20)'],
};
const broken: Migration = { name: '0003-broken', up: ['CREATE TABLE'] };

describe('migrateDatabase', () => {
  let database: TestDatabase;
  const names = (): Promise<string[]> => database.db('migrations').orderBy('id').pluck('name');
  beforeEach(async () => {
    database = await createTestDatabase([]);
  });
  afterEach(() => database.drop());

  it('runs new migrations, once and in order', async () => {
    expect(await migrateDatabase(database.db, [first])).to.deep.equal(['0001-books']);
    expect(await migrateDatabase(database.db, [first, second])).to.deep.equal(['0002-title']);
    expect(await migrateDatabase(database.db, [first, second])).to.deep.equal([]);
    expect(await names()).to.deep.equal(['0001-books', '0002-title']);
    expect(await database.db('books').columnInfo()).to.have.all.keys('id', 'title');
  });

  it('lets concurrent calls wait for the first', async () => {
    const pools = Array.from({ length: 4 }, () => openDatabase({ url: database.url, poolMax: 4 }));
    try {
      const applied = await Promise.all(pools.map((pool) => migrateDatabase(pool, [first, second])));
      expect(applied.flat()).to.deep.equal(['0001-books', '0002-title']);
      expect(await names()).to.deep.equal(['0001-books', '0002-title']);
    } finally {
      await Promise.all(pools.map((pool) => pool.destroy()));
    }
  });

  it('waits for a change that takes longer than the pool lets other statements take', async () => {
    const pool = openDatabase({ url: database.url, poolMax: 2, silenceTimeoutMs: 1_000 });
    const slow = { name: '0003-slow', up: ['DO SLEEP(2)', 'CREATE TABLE shelves (id INT PRIMARY KEY)'] };
    expect(await migrateDatabase(pool, [first, slow])).to.deep.equal(['0001-books', '0003-slow']);
    await pool.destroy();
  });

  it('ignores the lock of a killed process', async () => {
    await migrateDatabase(database.db, [first]);
    await database.db('migrations_lock').update({ is_locked: 1 });
    expect(await migrateDatabase(database.db, [first, second])).to.deep.equal(['0002-title']);
  });

  it('reports each migration that it ran, and none that failed', async () => {
    const told: string[] = [];
    const onApplied = async (_db: unknown, name: string): Promise<void> => void told.push(name);
    const run = migrateDatabase(database.db, [first, second, broken], onApplied);
    expect(await run.catch((error: unknown) => error)).to.be.instanceOf(Error);
    await migrateDatabase(database.db, [first, second], onApplied);
    expect(told).to.deep.equal(['0001-books', '0002-title']);
  });

  it('names the failed migration, and continues with it at the next call', async () => {
    const failure: unknown = await migrateDatabase(database.db, [first, broken]).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error).with.property('message').that.includes('CREATE TABLE');
    const mended: Migration = { ...broken, up: second.up };
    expect(await migrateDatabase(database.db, [first, mended])).to.deep.equal(['0003-broken']);
  });
});
