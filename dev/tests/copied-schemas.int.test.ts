import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations as auth } from '@florin/auth-server/migrations';
import type { Migration } from '@florin/database';
import { migrations as payment } from '@florin/payment-server/migrations';
import { migrations as product } from '@florin/product-server/migrations';
import { createTestDatabase, dumpSchema, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';

const shelf: readonly Migration[] = [
  {
    name: '0001',
    up: [
      "CREATE TABLE shelves (id BINARY(16) PRIMARY KEY, name VARCHAR(40) NOT NULL COMMENT 'what? where?', notes JSON NULL)",
      `CREATE TABLE books (number INT AUTO_INCREMENT PRIMARY KEY, shelf_id BINARY(16) NOT NULL, price DECIMAL(10, 2) NOT NULL,
         added DATETIME(3) NOT NULL, cents INT AS (price * 100) STORED, cover BLOB NULL,
         CONSTRAINT books_price CHECK (price >= 0), CONSTRAINT books_shelf FOREIGN KEY (shelf_id) REFERENCES shelves (id))`,
    ],
  },
  {
    name: '0002',
    up: [
      `INSERT INTO shelves VALUES (X'00FF00FF00FF00FF00FF00FF00FF00FF', 'Ünïcödé ''quoted'' ? 📚', '{"a": [1, null]}')`,
      `INSERT INTO books (shelf_id, price, added, cover)
         VALUES (X'00FF00FF00FF00FF00FF00FF00FF00FF', 12.50, '2026-01-31 23:59:59.999', X'0001'),
                (X'00FF00FF00FF00FF00FF00FF00FF00FF', 0, '2026-01-31 23:59:59.999', NULL)`,
    ],
  },
  {
    name: '0003',
    up: [
      `CREATE TRIGGER books_stay BEFORE DELETE ON books FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Books stay'`,
    ],
  },
  { name: '0004', up: ['CREATE INDEX books_added ON books (added)'] },
];

describe('The schema of a test database', () => {
  let folder: string;
  const databases: TestDatabase[] = [];
  const { FLORIN_TEST_SCHEMAS: before } = process.env;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'florin-schemas-'));
  });
  afterEach(async () => {
    if (before === undefined) delete process.env['FLORIN_TEST_SCHEMAS'];
    else process.env['FLORIN_TEST_SCHEMAS'] = before;
    await Promise.all(databases.splice(0).map(({ drop }) => drop()));
    await rm(folder, { recursive: true });
  });

  const open = async (migrations: readonly Migration[], schemas?: string): Promise<TestDatabase> => {
    if (schemas === undefined) delete process.env['FLORIN_TEST_SCHEMAS'];
    else process.env['FLORIN_TEST_SCHEMAS'] = schemas;
    const database = await createTestDatabase(migrations);
    databases.push(database);
    return database;
  };

  for (const [name, migrations] of Object.entries({ auth, payment, product, shelf }))
    it(`of ${name} is the same whether copied or migrated`, async () => {
      const migrated = await open(migrations);
      await open(migrations, folder);
      expect(await readdir(folder), 'scripts').to.have.length(1);
      const copied = await open(migrations, folder);
      expect(await contentsOf(copied)).to.deep.equal(await contentsOf(migrated));
    });

  it('is not copied from other migrations', async () => {
    await open(shelf, folder);
    const other = await open([...shelf.slice(0, 3), { name: '0004', up: [] }], folder);
    const [rows] = (await other.db.raw("SHOW INDEX FROM books WHERE Key_name = 'books_added'")) as [unknown[]];
    expect(rows).to.deep.equal([]);
  });

  it('keeps its constraints and triggers', async () => {
    await open(shelf, folder);
    const { db } = await open(shelf, folder);
    const errorOf = (statement: string): Promise<string> =>
      db.raw(statement).then(
        () => 'none',
        (error: Error) => error.message,
      );
    expect(await errorOf('DELETE FROM books')).to.include('Books stay');
    expect(await errorOf('UPDATE books SET price = -1')).to.include('books_price');
    expect(await errorOf("UPDATE books SET shelf_id = X'00'")).to.include('books_shelf');
    await db.raw("INSERT INTO books (shelf_id, price, added) SELECT id, 1, '2026-02-01' FROM shelves");
    expect(await db('books').max('number as number')).to.deep.equal([{ number: 3 }]);
  });
});

/** Omits the times of the migrations, and normalises MySQL's two notations to one. */
async function contentsOf({ db }: TestDatabase): Promise<string[]> {
  await db('migrations').update({ migration_time: null });
  const statements = await dumpSchema(db);
  return statements.map((statement) =>
    statement.replaceAll(' CHARACTER SET utf8mb4 COLLATE', ' COLLATE').replaceAll(/-\((\d+)\)/g, '-$1'),
  );
}
