import { openDatabase } from '@florin/database';
import { expect } from 'chai';
import { createTestDatabase, testInfra } from '../src/index.ts';

const migrations = [
  {
    name: '0001',
    up: ['CREATE TABLE books (id INT PRIMARY KEY)'],
  },
];

describe('createTestDatabase', () => {
  it('creates a migrated database, and drops it', async () => {
    const [one, other] = await Promise.all([createTestDatabase(migrations), createTestDatabase(migrations)]);
    await one.db('books').insert({ id: 1 });
    expect(await other.db('books')).to.deep.equal([]);

    const names = [one, other].map(({ url }) => new URL(url).pathname.slice(1));
    await Promise.all([one.drop(), other.drop()]);
    const server = openDatabase({ url: testInfra().databaseUrl, poolMax: 1 });
    const left: unknown = await server('information_schema.schemata')
      .whereIn('schema_name', names)
      .catch((error: unknown) => error);
    await server.destroy();
    expect(left).to.deep.equal([]);
  });
});
