import { once } from 'node:events';
import { createTestDatabase, eventually, failureOf, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { afterCommit, openDatabase, runTransaction, setOnNoteFailed } from '../src/index.ts';

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

  const noteThatFails = (trx: Knex.Transaction) =>
    afterCommit(trx, () => {
      throw new Error('no counter');
    });

  it('reports the error of a note, and the transaction has committed', async () => {
    await using opened = new AsyncDisposableStack();
    const db = opened.adopt(openDatabase({ url: database.url, poolMax: 1 }), (pool) => pool.destroy());
    const failures: unknown[] = [];
    setOnNoteFailed(db, (error) => failures.push(error));
    const result = await runTransaction(db, async (trx) => {
      noteThatFails(trx);
      return 'committed';
    });
    expect(result).to.equal('committed');
    await eventually(() => expect(failures.map(String)).to.deep.equal(['Error: no counter']));
  });

  it('warns of the error of a note that nobody else takes', async () => {
    const warning = once(process, 'warning');
    await runTransaction(database.db, async (trx) => noteThatFails(trx));
    const [error] = (await warning) as [Error];
    expect(error.message).to.equal('no counter');
  });
});
