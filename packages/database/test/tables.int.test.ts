import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import {
  column,
  compareTables,
  defineTable,
  insertRows,
  isDuplicateKey,
  lockById,
  lockByIds,
  type NewRowOf,
  newId,
  pickFields,
  query,
  queryOne,
  type RowOf,
  readRow,
  runTransaction,
  type StoredRowOf,
  updateByKey,
} from '../src/index.ts';

type Genre = 'novel' | 'poetry';

const booksTable = defineTable(
  'books',
  {
    id: column.id(),
    title: column.text('varchar(200)'),
    genre: column.text<Genre>('varchar(10)'),
    priceMinor: column.money(),
    lentTo: column.id().orNull(),
    code: column.textBytes('varbinary(20)').orNull(),
    cover: column.bytes('blob').orNull(),
    tags: column.json<readonly string[]>('text'),
    isOld: column.boolean(),
    boughtAt: column.time(),
    editedAt: column.timeText(),
    version: column.integer('int unsigned').byDatabase(),
  },
  { unread: ['is_dear'] },
);
type Book = RowOf<typeof booksTable>;
type NewBook = NewRowOf<typeof booksTable>;

const create = `CREATE TABLE books (
  id BINARY(16) NOT NULL PRIMARY KEY, title VARCHAR(200) NOT NULL, genre VARCHAR(10) NOT NULL, price_minor BIGINT NOT NULL,
  lent_to BINARY(16) NULL, code VARBINARY(20) NULL, cover BLOB NULL, tags TEXT NOT NULL, is_old TINYINT NOT NULL,
  bought_at DATETIME(3) NOT NULL, edited_at DATETIME(3) NOT NULL, version INT UNSIGNED NOT NULL DEFAULT 1,
  is_dear TINYINT AS (price_minor > 1000) STORED, UNIQUE KEY books_code (code))`;

const at = new Date('2026-11-26T12:00:00.123Z');

function newBook(fields: Partial<NewBook> = {}): NewBook {
  return {
    id: newId(),
    title: `It's 100% "new" \\ ? 'yes'`,
    genre: 'novel',
    priceMinor: 1_999,
    lentTo: null,
    code: null,
    cover: null,
    tags: ['a', 'b?'],
    isOld: false,
    boughtAt: at,
    editedAt: at.toISOString(),
    ...fields,
  };
}

describe('tables', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase([{ name: '0001', up: [create] }]);
  });
  after(() => database.drop());
  beforeEach(() => database.db('books').delete());

  const all = async (): Promise<Book[]> => {
    const rows = await query<StoredRowOf<typeof booksTable>>(database.db, `SELECT ${booksTable.list} FROM books ORDER BY id`);
    return rows.map((row) => readRow(booksTable, row));
  };

  describe('insertRows', () => {
    it('stores rows that read back unchanged', async () => {
      const books = [
        newBook({ lentTo: newId(), code: 'ß?', cover: Buffer.from([0, 255, 63]), genre: 'poetry', isOld: true, tags: [] }),
        newBook(),
      ];
      await insertRows(database.db, booksTable, books);
      expect(await all()).to.deep.equal(books.map((book) => ({ ...book, version: 1 })));
    });

    it('writes nothing for an empty list', async () => {
      await insertRows(database.db, booksTable, []);
      expect(await all()).to.deep.equal([]);
    });

    it('splits rows into statements of 1,000 rows and 1 MiB, in their order', async () => {
      const statements: number[] = [];
      const count = ({ bindings }: { bindings: [unknown[]] }): void => void statements.push(bindings[0].length);
      await database.db.raw('ALTER TABLE books MODIFY COLUMN tags MEDIUMTEXT NOT NULL');
      database.db.on('query', count);
      try {
        await insertRows(
          database.db,
          booksTable,
          Array.from({ length: 1_001 }, () => newBook()),
        );
        const large = (): NewBook => newBook({ tags: ['x'.repeat(400_000)] });
        await insertRows(database.db, booksTable, [large(), large(), large(), newBook()]);
        expect(statements).to.deep.equal([1_000, 1, 2, 2]);
      } finally {
        database.db.off('query', count);
        await database.db('books').delete();
        await database.db.raw('ALTER TABLE books MODIFY COLUMN tags TEXT NOT NULL');
      }
    });

    it('applies the assignments to rows whose key exists', async () => {
      const book = newBook();
      await insertRows(database.db, booksTable, [book]);
      const again = insertRows(database.db, booksTable, [{ ...book, title: 'Again' }]);
      expect(await again.catch((error: unknown) => isDuplicateKey(error))).to.equal(true);
      await insertRows(database.db, booksTable, [{ ...book, title: 'Again' }], { onDuplicateKey: 'title = VALUES(title)' });
      expect(await all()).to.have.nested.property('[0].title', 'Again');
    });
  });

  describe('updateByKey', () => {
    const editable = pickFields(booksTable, ['id', 'title', 'lentTo', 'tags']);

    it('writes the given fields of each row, and nothing else', async () => {
      const [first, second, third] = [newBook(), newBook({ lentTo: newId() }), newBook()];
      await insertRows(database.db, booksTable, [first, second, third]);
      const edits = [
        { id: third.id, title: 'Third', lentTo: null, tags: ['x'] },
        { id: first.id, title: 'First', lentTo: second.id, tags: [] },
        { id: newId(), title: 'Not there', lentTo: null, tags: [] },
      ];
      const found = await updateByKey(database.db, editable, edits, { set: 'books.version = books.version + 1' });
      expect(found).to.equal(2);
      expect(await all()).to.deep.equal([
        { ...first, ...edits[1], version: 2 },
        { ...second, version: 1 },
        { ...third, ...edits[0], version: 2 },
      ]);
    });

    it('finds the rows by key, whatever table size the server assumes', async () => {
      await insertRows(
        database.db,
        booksTable,
        Array.from({ length: 50 }, () => newBook()),
      );
      const [{ id } = { id: '' }] = await all();
      await database.db.transaction(async (trx) => {
        const scanned = async (): Promise<number> => {
          const status = await queryOne<{ Value: string }>(trx, "SHOW SESSION STATUS LIKE 'Handler_read_rnd_next'");
          return Number(status.Value);
        };
        const [first, second] = [await scanned(), await scanned()];
        await updateByKey(trx, editable, [{ id, title: 'One', lentTo: null, tags: [] }]);
        const third = await scanned();
        // SHOW STATUS scans its own table.
        expect(third - second - (second - first)).to.be.below(10);
      });
    });
  });

  describe('lockByIds', () => {
    it('returns the existing rows by id, in id order, each once', async () => {
      const [first, second] = [newBook(), newBook()];
      await insertRows(database.db, booksTable, [first, second]);
      const titles = pickFields(booksTable, ['id', 'title']);
      const locked = await runTransaction(database.db, (trx) =>
        lockByIds(trx, titles, [second.id, newId(), first.id, second.id]),
      );
      expect([...locked]).to.deep.equal([first, second].map(({ id, title }) => [id, { id, title }]));
      expect(await runTransaction(database.db, (trx) => lockByIds(trx, titles, []))).to.have.property('size', 0);
    });

    it('locks the rows until the transaction ends', async () => {
      const [held, free] = [newBook(), newBook()];
      await insertRows(database.db, booksTable, [held, free]);
      await runTransaction(database.db, async (trx) => {
        expect(await lockById(trx, booksTable, held.id)).to.include({ id: held.id });
        const others = await runTransaction(database.db, (other) =>
          lockByIds(other, booksTable, [held.id, free.id], { mode: 'skip-locked' }),
        );
        expect([...others.keys()]).to.deep.equal([free.id]);
      });
      expect(await runTransaction(database.db, (trx) => lockById(trx, booksTable, newId()))).to.equal(undefined);
    });

    it('lets others share rows under a shared lock', async () => {
      const book = newBook();
      await insertRows(database.db, booksTable, [book]);
      const share = (trx: Parameters<typeof lockByIds>[0]) => lockByIds(trx, booksTable, [book.id], { mode: 'share' });
      await runTransaction(database.db, async (trx) => {
        await share(trx);
        expect(await runTransaction(database.db, share)).to.have.property('size', 1);
      });
    });
  });

  describe('compareTables', () => {
    it('returns nothing if definitions and database agree', async () => {
      expect(await compareTables(database.db, [booksTable])).to.deep.equal([]);
    });

    it('names each column that differs', async () => {
      const other = defineTable('books', {
        ...booksTable.columns,
        title: column.text('varchar(100)'),
        genre: column.text('varchar(10)').orNull(),
        priceMinor: column.money().byDatabase(),
        brand: column.text('varchar(100)').orNull(),
      });
      expect(await compareTables(database.db, [other])).to.deep.equal([
        'books.title is varchar(200), its definition says varchar(100)',
        'books.genre may not be NULL',
        'books.price_minor has no default: state it in every INSERT',
        'books.brand is not in the database: add a migration',
        "books.is_dear is in the database and not in the table's definition",
      ]);
    });

    it('names tables without a definition', async () => {
      expect(await compareTables(database.db, [])).to.deep.equal(['books is in the database and has no definition']);
    });
  });

  it('types rows by their definition', () => {
    const stored: StoredRowOf<typeof booksTable> = {} as StoredRowOf<typeof booksTable>;
    const types = (): unknown[] => [
      stored.price_minor satisfies number,
      stored.lent_to satisfies Buffer | null,
      stored.bought_at satisfies Date,
      stored.genre satisfies Genre,
      // @ts-expect-error the driver gives bytes
      stored.id satisfies string,
      // @ts-expect-error a field that the database does not fill in is missing
      insertRows(database.db, booksTable, [{ id: '' }]),
      // @ts-expect-error the genre is none
      insertRows(database.db, booksTable, [{ ...newBook(), genre: 'cooking' }]),
      // @ts-expect-error the field is not written by this table
      updateByKey(database.db, pickFields(booksTable, ['id']), [{ id: '', title: 'x' }]),
    ];
    expect(types).to.be.a('function');
  });
});
