import { createTestDatabase, eventually, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { createTransact, isDuplicateKey, type Migration, runTransaction } from '../src/index.ts';

const migrations: Migration[] = [
  {
    name: '0001',
    up: [
      'CREATE TABLE accounts (name VARCHAR(20) PRIMARY KEY, balance_minor BIGINT NOT NULL)',
      'CREATE TABLE notes (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(50) NOT NULL UNIQUE)',
    ],
  },
];

describe('runTransaction', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    await database.db('notes').delete();
    await database.db('accounts').delete();
    await database.db('accounts').insert([
      { name: 'alice', balance_minor: 100 },
      { name: 'bob', balance_minor: 100 },
    ]);
  });

  const balances = async (): Promise<number[]> => {
    const rows: { balance_minor: number }[] = await database.db('accounts').orderBy('name');
    return rows.map(({ balance_minor }) => balance_minor);
  };
  const notes = async (): Promise<string[]> => database.db('notes').orderBy('text').pluck('text');
  const addTo = (trx: Knex.Transaction, name: string, amountMinor: number) =>
    trx.raw('UPDATE accounts SET balance_minor = balance_minor + ? WHERE name = ?', [amountMinor, name]);

  it('commits the work and returns its result', async () => {
    const result = await runTransaction(database.db, async (trx) => {
      await addTo(trx, 'alice', 5);
      return 'done';
    });
    expect(result).to.equal('done');
    expect(await balances()).to.deep.equal([105, 100]);
  });

  it('rolls back when the work throws, and does not retry', async () => {
    let runs = 0;
    const fault = new Error('no');
    const failure: unknown = await runTransaction(database.db, async (trx) => {
      runs++;
      await addTo(trx, 'alice', 5);
      throw fault;
    }).catch((error: unknown) => error);
    expect(failure).to.equal(fault);
    expect(runs).to.equal(1);
    expect(await balances()).to.deep.equal([100, 100]);
  });

  it('completes both of two deadlocked transactions, each once', async () => {
    let runs = 0;
    let holders = 0;
    let tellBoth: () => void = () => {};
    const bothHoldOne = new Promise<void>((resolve) => {
      tellBoth = resolve;
    });
    const transfer = (from: string, to: string, amountMinor: number): Promise<void> =>
      runTransaction(database.db, async (trx) => {
        runs++;
        await trx.raw('INSERT INTO notes (text) VALUES (?)', [`${from} to ${to}`]);
        await addTo(trx, from, -amountMinor);
        if (++holders === 2) tellBoth();
        await bothHoldOne;
        await addTo(trx, to, amountMinor);
      });
    await Promise.all([transfer('alice', 'bob', 30), transfer('bob', 'alice', 10)]);

    expect(runs, 'one of the two was the victim').to.equal(3);
    expect(await balances()).to.deep.equal([80, 120]);
    expect(await notes()).to.deep.equal(['alice to bob', 'bob to alice']);
  });

  it('rolls back the whole transaction after a lock wait timeout, and retries', async () => {
    const holder = await database.db.transaction();
    await addTo(holder, 'alice', 1);
    let runs = 0;
    await runTransaction(database.db, async (trx) => {
      runs++;
      await trx.raw('SET SESSION innodb_lock_wait_timeout = 1');
      await trx.raw('INSERT INTO notes (text) VALUES (?)', [`run ${runs}`]);
      if (runs === 2) await holder.commit();
      await addTo(trx, 'alice', 5);
    });
    expect(runs).to.equal(2);
    expect(await notes()).to.deep.equal(['run 2']);
    expect(await balances()).to.deep.equal([106, 100]);
  });

  it('gives up after six runs if the conflict persists', async () => {
    let runs = 0;
    const failure: unknown = await runTransaction(database.db, async (trx) => {
      runs++;
      await trx.raw("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'deadlock'");
    }).catch((error: unknown) => error);
    expect(failure).to.have.property('errno', 1213);
    expect(runs).to.equal(6);
  });

  it('retries after errors that the caller declares retriable', async () => {
    let runs = 0;
    const work = async (trx: Knex.Transaction): Promise<void> => {
      runs++;
      await trx.raw('INSERT INTO notes (text) VALUES (?), (?)', ['tea', runs === 1 ? 'tea' : 'cake']);
    };
    await runTransaction(database.db, work, (error) => isDuplicateKey(error, 'text'));
    expect(await notes()).to.deep.equal(['cake', 'tea']);
  });

  describe('as transact', () => {
    it('reports a transaction only after its commit', async () => {
      const seen: string[][] = [];
      const transact = createTransact(database.db, {
        applyBackpressure: () => {},
        committed: () => void notes().then((texts) => seen.push(texts)),
      });
      await transact((trx) => trx.raw('INSERT INTO notes (text) VALUES (?)', ['tea']));
      await eventually(() => expect(seen).to.deep.equal([['tea']]));

      const failure: unknown = await transact(() => Promise.reject(new Error('no'))).catch((error: unknown) => error);
      expect(failure).to.have.property('message', 'no');
      await notes();
      expect(seen).to.have.length(1);
    });
  });
});
