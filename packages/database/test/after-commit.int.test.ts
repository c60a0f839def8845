import { createTestDatabase, eventually, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { afterCommit, runTransaction } from '../src/index.ts';

describe('afterCommit', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase([]);
  });
  after(() => database?.drop());

  it('is called once after a commit, also if the transaction was tried again, and never after a rollback', async () => {
    const notes: string[] = [];
    let attempts = 0;
    await runTransaction(
      database.db,
      async (trx) => {
        afterCommit(trx, () => notes.push('committed'));
        await trx.raw('SELECT 1');
        expect(notes).to.deep.equal([]);
        if (++attempts === 1) throw new Error('again');
      },
      () => true,
    );
    await eventually(() => expect(notes).to.deep.equal(['committed']));
    const failure = await failureOf(
      runTransaction(database.db, async (trx) => {
        afterCommit(trx, () => notes.push('rolled back'));
        throw new Error('no');
      }),
    );
    expect(failure).to.have.property('message', 'no');
    expect([attempts, notes]).to.deep.equal([2, ['committed']]);
  });
});
