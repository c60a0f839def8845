import { openDatabase, type PoolWatch, watchPool } from '@florin/database';
import { Degraded } from '@florin/runtime';
import { closedPort, createTestDatabase, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { checkDatabase } from '../src/check-database.ts';

describe('checkDatabase', () => {
  let database: TestDatabase;
  let db: Knex;
  let pool: PoolWatch;
  const waits: number[] = [];
  before(async () => {
    database = await createTestDatabase([]);
  });
  after(() => database?.drop());
  beforeEach(() => {
    waits.length = 0;
    db = openDatabase({ url: database.url, poolMax: 1 });
    pool = watchPool(db, (waitS) => waits.push(waitS));
  });
  afterEach(() => db.destroy());

  it('passes while the database answers, and measures the waits for a connection', async () => {
    await checkDatabase(db, pool);
    expect(waits).to.have.length(1);
    expect(pool.use()).to.deep.equal({ used: 0, free: 1, waiting: 0, max: 1 });
  });

  it('is degraded while all connections are in use, because the load is shared', async () => {
    const held = await db.transaction();
    try {
      const fault = await failureOf(checkDatabase(db, pool));
      expect(fault).to.be.instanceOf(Degraded).with.property('message', 'all 1 connections are in use, and 1 callers wait');
    } finally {
      await held.rollback();
    }
    await checkDatabase(db, pool);
  });

  it('is unavailable if no connection comes back', async () => {
    const held = await db.transaction();
    try {
      const stuck = { use: pool.use, sinceReleaseMs: () => 21_000 };
      const fault = await failureOf(checkDatabase(db, stuck));
      expect(fault).to.be.an('error').and.not.be.instanceOf(Degraded);
      expect(fault).to.have.property('message', 'all 1 connections are in use, and none was given back for 21 s');
    } finally {
      await held.rollback();
    }
  });

  it('is unavailable while the database is away', async () => {
    const away = openDatabase({ url: `mysql://root@127.0.0.1:${await closedPort()}/none`, poolMax: 1 });
    const fault = await failureOf(
      checkDatabase(
        away,
        watchPool(away, () => {}),
      ),
    );
    expect(fault).to.be.an('error').and.not.be.instanceOf(Degraded);
    await away.destroy();
  });
});
