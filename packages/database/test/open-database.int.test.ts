import { closedPort, createTestDatabase, eventually, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Connection, RowDataPacket } from 'mysql2/promise';
import {
  isDataFault,
  isDuplicateKey,
  isLockConflict,
  isStatementTimeout,
  openConnection,
  openDatabase,
  recogniseDatabaseFault,
} from '../src/index.ts';

type Session = { mode: string; zone: string; lockWaitS: number; collation: string };
const SESSION = `SELECT @@session.sql_mode AS mode, @@session.time_zone AS zone, @@session.innodb_lock_wait_timeout AS lockWaitS,
  @@session.collation_connection AS collation`;

describe('the database', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase([
      {
        name: '0001',
        up: [
          async (db) => {
            await db.raw(`CREATE TABLE parents (id INT PRIMARY KEY)`);
            await db.raw(`CREATE TABLE things (
            id INT PRIMARY KEY, count BIGINT NULL, small TINYINT NOT NULL DEFAULT 0, word VARCHAR(5) NOT NULL DEFAULT '', parent INT NULL,
            at DATETIME(3) NULL, UNIQUE KEY things_word (word, small), CONSTRAINT small_enough CHECK (small < 100),
            CONSTRAINT of_parent FOREIGN KEY (parent) REFERENCES parents (id))`);
          },
        ],
      },
    ]);
  });
  after(() => database.drop());

  const query = async <Row>(sql: string, values: readonly (string | number | Date | null)[] = []): Promise<Row[]> => {
    const [rows] = (await database.db.raw(sql, [...values])) as [Row[]];
    return rows;
  };
  const failureOf = (sql: string): Promise<unknown> =>
    query(sql).then(
      () => 'no failure',
      (error: unknown) => error,
    );

  it('ends a SELECT of a pool with maxSelectMs, and keeps its connection', async () => {
    const limited = openDatabase({ url: database.url, poolMax: 1, maxSelectMs: 20 });
    try {
      const failure = await limited
        .raw(`SELECT COUNT(*) FROM ${['a', 'b', 'c', 'd'].map((name) => `information_schema.collations AS ${name}`).join(', ')}`)
        .then(
          () => 'no failure',
          (error: unknown) => error,
        );
      expect(isStatementTimeout(failure), String(failure)).to.equal(true);
      expect(recogniseDatabaseFault(failure)).to.equal(undefined);
      await limited.raw('SELECT 1');
    } finally {
      await limited.destroy();
    }
  });

  it('sets the session variables that statements rely on', async () => {
    const [session] = await query<Session>(SESSION);
    expect(session).to.include({ zone: '+00:00', lockWaitS: 5, collation: 'utf8mb4_unicode_ci' });
    expect(session?.mode.split(',')).to.include.members(['STRICT_ALL_TABLES', 'ONLY_FULL_GROUP_BY', 'NO_ZERO_DATE']);
  });

  it('sets them on every connection of the pool', async () => {
    const holders = await Promise.all(Array.from({ length: 5 }, () => database.db.transaction()));
    const zones = await Promise.all(holders.map((trx) => trx.raw('SELECT @@session.time_zone AS zone, CONNECTION_ID() AS id')));
    const rows = (zones as [{ zone: string; id: number }[]][]).flatMap(([found]) => found);
    expect(new Set(rows.map(({ id }) => id)).size).to.equal(5);
    expect(new Set(rows.map(({ zone }) => zone))).to.deep.equal(new Set(['+00:00']));
    await Promise.all(holders.map((trx) => trx.rollback()));
  });

  it('reads rows that other transactions have committed meanwhile', async () => {
    await database.db.transaction(async (trx) => {
      await trx('things').where({ id: 1 });
      await database.db('things').insert({ id: 1 });
      expect(await trx('things').where({ id: 1 })).to.have.length(1);
    });
    await database.db('things').delete();
  });

  it('returns BIGINT as a number if that is exact, otherwise as text', async () => {
    const [row] = await query('SELECT CAST(9007199254740991 AS SIGNED) AS safe, CAST(9007199254740993 AS SIGNED) AS unsafe');
    expect(row).to.deep.equal({ safe: Number.MAX_SAFE_INTEGER, unsafe: '9007199254740993' });
  });

  it('stores times to the millisecond, in UTC', async () => {
    const at = new Date('2026-03-29T01:30:00.123Z');
    await query('INSERT INTO things (id, at) VALUES (2, ?)', [at]);
    const [row] = await query<{ at: Date; text: string }>('SELECT at, CAST(at AS CHAR) AS text FROM things WHERE id = 2');
    expect(row).to.deep.equal({ at, text: '2026-03-29 01:30:00.123' });
    await database.db('things').delete();
  });

  describe('data errors', () => {
    before(() => query("INSERT INTO things (id, word) VALUES (1, 'tea')"));
    after(() => database.db('things').delete());

    const faults: Record<string, string> = {
      'a duplicate key': "INSERT INTO things (id, word) VALUES (2, 'tea')",
      'a missing parent': "INSERT INTO things (id, word, parent) VALUES (2, 'x', 7)",
      'a broken CHECK': 'INSERT INTO things (id, small) VALUES (2, 100)',
      'a number out of range': 'INSERT INTO things (id, small) VALUES (2, 1000)',
      'text that is too long': "INSERT INTO things (id, word) VALUES (2, 'too long')",
      'text for a number': "INSERT INTO things (id, small) VALUES (2, 'x')",
      'NULL in a required column': 'INSERT INTO things (id, word) VALUES (2, NULL)',
      'an invalid date': "INSERT INTO things (id, at) VALUES (2, '2026-02-30')",
      'a sum that is too large': 'UPDATE things SET count = 9223372036854775807 + id WHERE id = 1',
      'a rejecting trigger': "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no'",
    };
    for (const [name, sql] of Object.entries(faults)) {
      it(`include ${name}`, async () => {
        const error = await failureOf(sql);
        expect(error).to.be.instanceOf(Error);
        expect(isDataFault(error), (error as Error).message).to.equal(true);
        expect(isLockConflict(error)).to.equal(false);
        expect(recogniseDatabaseFault(error)).to.equal(undefined);
      });
    }

    for (const [name, sql] of Object.entries({
      table: 'SELECT * FROM nothing',
      column: 'SELECT nothing FROM things',
      syntax: 'SELEC',
    })) {
      it(`do not include a missing ${name}`, async () => {
        expect(isDataFault(await failureOf(sql))).to.equal(false);
      });
    }

    it('contain none of the values, which may be personal', async () => {
      const failure = await database.db
        .raw('INSERT INTO nowhere (email) VALUES (?)', ['alice@florin.example'])
        .catch((error: Error) => error);
      expect(failure).to.be.an('error').with.property('message').that.includes('VALUES (?)').and.not.includes('alice');
    });

    it('name the duplicate key', async () => {
      const error = await failureOf("INSERT INTO things (id, word) VALUES (2, 'tea')");
      expect(isDuplicateKey(error)).to.equal(true);
      expect(isDuplicateKey(error, 'things_word')).to.equal(true);
      expect(isDuplicateKey(error, 'PRIMARY')).to.equal(false);
    });
  });

  describe('unavailable', () => {
    it('is a 503 with a retry', async () => {
      const away = openDatabase({ url: `mysql://root@127.0.0.1:${await closedPort()}/florin`, poolMax: 4 });
      const failure: unknown = await away.raw('SELECT 1').catch((error: unknown) => error);
      expect(recogniseDatabaseFault(failure)).to.deep.include({ code: 'UNAVAILABLE', headers: { 'Retry-After': '1' } });
      await away.destroy();
    });

    it('is a 503 when the pool is exhausted', async () => {
      const small = openDatabase({ url: database.url, poolMax: 1 });
      const holder = await small.transaction();
      (small.client as { pool: { acquireTimeoutMillis: number } }).pool.acquireTimeoutMillis = 50;
      const failure: unknown = await small.raw('SELECT 1').catch((error: unknown) => error);
      expect(recogniseDatabaseFault(failure)).to.have.property('code', 'UNAVAILABLE');
      await holder.rollback();
      await small.destroy();
    });

    it('is a 503 when the connection is killed during the query, and the pool recovers', async () => {
      const trx = await database.db.transaction();
      const [[self]] = (await trx.raw('SELECT CONNECTION_ID() AS id')) as [[{ id: number }]];
      const sleeping: Promise<unknown> = trx.raw('SELECT SLEEP(30)').catch((error: unknown) => error);
      await eventually(async () => {
        const [running] = await query<{ info: string | null }>(
          'SELECT info AS info FROM information_schema.processlist WHERE id = ?',
          [self.id],
        );
        expect(running?.info).to.match(/SLEEP/);
      });
      await query(`KILL ${self.id}`);
      expect(recogniseDatabaseFault(await sleeping)).to.have.property('code', 'UNAVAILABLE');
      await trx.rollback().catch(() => {});
      expect(await query('SELECT 1 AS one')).to.deep.equal([{ one: 1 }]);
    });
  });

  it('is a 503, not a 500, when the rollback finds the connection lost', async () => {
    const failure: unknown = await database.db
      .transaction(async (trx) => {
        const [[self]] = (await trx.raw('SELECT CONNECTION_ID() AS id')) as [[{ id: number }]];
        await query(`KILL ${self.id}`);
        await trx.raw('SELECT 1');
      })
      .catch((error: unknown) => error);
    expect(recogniseDatabaseFault(failure)).to.have.property('code', 'UNAVAILABLE');
  });

  describe('openConnection', () => {
    let connection: Connection | undefined;
    afterEach(() => connection?.destroy());

    it('has the same session variables', async () => {
      connection = await openConnection(database.url, { idleTimeoutS: 10 });
      const [rows] = await connection.query<RowDataPacket[]>(SESSION);
      expect(rows[0]).to.include({ zone: '+00:00', lockWaitS: 5, collation: 'utf8mb4_unicode_ci' });
    });

    it('is ended by the server, and its locks are freed, when it is idle too long', async () => {
      connection = await openConnection(database.url, { idleTimeoutS: 1 });
      await connection.query("SELECT GET_LOCK('silent', 0)");
      expect(await query("SELECT IS_FREE_LOCK('silent') AS free")).to.deep.equal([{ free: 0 }]);
      await eventually(async () => expect(await query("SELECT IS_FREE_LOCK('silent') AS free")).to.deep.equal([{ free: 1 }]));
      const failure: unknown = await connection.query('SELECT 1').catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(Error);
    });
  });
});
