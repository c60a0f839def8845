import { idText, newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { type Invariant, markedAmount, type Query, sweepInvariant } from '../src/index.ts';

const alice = newId();
const bob = newId();

/** The invariant that amounts are not negative. */
const positive: Invariant = {
  check: 'positive',
  rule: 'an amount is not negative',
  over: {
    table: 'amounts',
    key: 'number',
    column: 'a.number',
    pageKeys: 2,
    ofUser: {
      keys: 'SELECT number AS k, number AS c FROM amounts WHERE user_id = ? AND number > ? ORDER BY number LIMIT ?',
      first: 0,
    },
  },
  sql: (range) => `SELECT a.user_id AS id, CONCAT('amount ', ${markedAmount('a.minor', "'EUR'")}) AS detail
    FROM amounts a WHERE ${range} AND a.minor < 0`,
};

describe('sweepInvariant', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase([]);
    await database.db.raw('CREATE TABLE amounts (number INT PRIMARY KEY, user_id BINARY(16) NOT NULL, minor INT NOT NULL)');
    const minors = [100, -5, 0, 7, -1234];
    await database.db('amounts').insert(
      minors.map((minor, index) => {
        const user_id = Buffer.from((index < 3 ? alice : bob).replaceAll('-', ''), 'hex');
        return { number: index + 1, user_id, minor };
      }),
    );
  });
  after(() => database?.drop());

  const query: Query = async <Row>(sql: string, values: readonly unknown[] = []) =>
    ((await database.db.raw(sql, values as string[])) as [Row[]])[0];
  const sweep = async (invariant: Invariant, userId?: string) => {
    const pages = [];
    for await (const page of sweepInvariant(query, invariant, { userId })) pages.push(page);
    return { rows: pages.map(({ rows }) => rows), violations: pages.flatMap(({ violations }) => violations) };
  };

  it('checks all rows page by page, and shows ids as text and amounts in major units', async () => {
    expect(await sweep(positive)).to.deep.equal({
      rows: [2, 2, 1],
      violations: [
        { subject: alice, detail: 'amount -0.05 EUR' },
        { subject: bob, detail: 'amount -12.34 EUR' },
      ],
    });
  });

  it("checks one user's rows only", async () => {
    const { rows, violations } = await sweep(positive, bob);
    expect(rows).to.deep.equal([2]);
    expect(violations.map(({ subject }) => subject)).to.deep.equal([bob]);
  });

  it('runs an invariant of several statements for all users, and never for one', async () => {
    const whole: Invariant = {
      check: 'whole',
      rule: 'nothing is wrong',
      async *sweep(read) {
        const [row] = await read<{ user_id: Buffer }>('SELECT user_id FROM amounts ORDER BY number LIMIT 1');
        yield {
          rows: 1,
          broken: [
            { id: row?.user_id, detail: 'first' },
            { id: Buffer.from('key'), detail: 'a message key' },
          ],
        };
      },
    };
    expect(await sweep(whole)).to.deep.equal({
      rows: [1],
      violations: [
        { subject: idText(Buffer.from(alice.replaceAll('-', ''), 'hex')), detail: 'first' },
        { subject: 'key', detail: 'a message key' },
      ],
    });
    expect(await sweep(whole, alice)).to.deep.equal({ rows: [], violations: [] });
  });
});
