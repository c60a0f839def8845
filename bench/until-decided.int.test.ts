import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { untilDecided } from './until-decided.ts';

describe('untilDecided', () => {
  let database: TestDatabase;
  before(async () => {
    const up = ['CREATE TABLE purchases (id BINARY(16) NOT NULL PRIMARY KEY, status VARCHAR(10) NOT NULL)'];
    database = await createTestDatabase([{ name: '0001-purchases', up }]);
  });
  after(() => database.drop());

  it('also waits for purchases that commit after it has seen none undecided', async () => {
    const { db } = database;
    const request = await db.transaction();
    await request.raw("INSERT INTO purchases VALUES (UNHEX('02'), 'requested')");
    let isOver = false;
    const waiting = untilDecided(db).then((decidedAt) => {
      isOver = true;
      return decidedAt;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await request.commit();
    // The wait of 1.5 s has passed; the purchase is not decided.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(isOver, 'over before the decision').to.equal(false);
    const changedAt = Date.now();
    await db.raw("UPDATE purchases SET status = 'paid'");
    expect(await waiting).to.be.least(changedAt);
  });
});
