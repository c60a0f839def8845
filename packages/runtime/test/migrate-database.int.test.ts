import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { auditLogTable, type Migration, migrateDatabase, openDatabase, runStatements } from '../src/index.ts';

const first: Migration = {
  name: '0001-books',
  up: (db) => runStatements(db, ['CREATE TABLE books (id INT PRIMARY KEY)', 'DO SLEEP(0.2)']),
};
const second: Migration = {
  name: '0002-title',
  up: (db) => runStatements(db, ['ALTER TABLE books ADD COLUMN title VARCHAR(20)']),
};
const broken: Migration = { name: '0003-broken', up: (db) => runStatements(db, ['CREATE TABLE']) };

describe('migrateDatabase', () => {
  let database: TestDatabase;
  const names = (): Promise<string[]> => database.db('migrations').orderBy('id').pluck('name');
  beforeEach(async () => {
    database = await createTestDatabase([]);
  });
  afterEach(() => database.drop());

  it('runs what is new, once, in order', async () => {
    expect(await migrateDatabase(database.db, [first])).to.deep.equal(['0001-books']);
    expect(await migrateDatabase(database.db, [first, second])).to.deep.equal(['0002-title']);
    expect(await migrateDatabase(database.db, [first, second])).to.deep.equal([]);
    expect(await names()).to.deep.equal(['0001-books', '0002-title']);
    expect(await database.db('books').columnInfo()).to.have.all.keys('id', 'title');
  });

  it('lets several that start at once wait for the one that works', async () => {
    const pools = Array.from({ length: 4 }, () => openDatabase({ url: database.url, poolMax: 4 }));
    try {
      const applied = await Promise.all(pools.map((pool) => migrateDatabase(pool, [first, second])));
      expect(applied.flat()).to.deep.equal(['0001-books', '0002-title']);
      expect(await names()).to.deep.equal(['0001-books', '0002-title']);
    } finally {
      await Promise.all(pools.map((pool) => pool.destroy()));
    }
  });

  it('is not held up by the lock of one that was killed', async () => {
    await migrateDatabase(database.db, [first]);
    await database.db('migrations_lock').update({ is_locked: 1 });
    expect(await migrateDatabase(database.db, [first, second])).to.deep.equal(['0002-title']);
  });

  it('has an entry in the audit log for each migration that it has run, by the actor', async () => {
    const log: Migration = { name: '0002-log', up: (db) => runStatements(db, auditLogTable) };
    const third: Migration = { ...second, name: '0003-title' };
    const actor = { actorId: null, actorName: 'olga' };
    const run = migrateDatabase(database.db, [first, log, third, { ...broken, name: '0004-broken' }], actor);
    expect(await run.catch((error: unknown) => error)).to.be.instanceOf(Error);
    const entries = await database.db('audit_log').select('action', 'subject', 'state_after').orderBy('id');
    expect(entries).to.deep.equal(
      ['0002-log', '0003-title'].map((subject) => ({ action: 'schema.migrate', subject, state_after: '{"ranBy":"olga"}' })),
    );
    await migrateDatabase(database.db, [first, log, third], actor);
    expect(await database.db('audit_log')).to.have.length(2);
  });

  it('tells what failed, and goes on from there the next time', async () => {
    const failure: unknown = await migrateDatabase(database.db, [first, broken]).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error).with.property('message').that.includes('CREATE TABLE');
    const mended: Migration = { ...broken, up: second.up };
    expect(await migrateDatabase(database.db, [first, mended])).to.deep.equal(['0003-broken']);
  });
});
