import { idBytes, idText, type Migration, newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  encodeCursor,
  idValue,
  integerValue,
  type Keyset,
  keysetPage,
  numberedOrKeysetPage,
  type Page,
  siftedPage,
  textValue,
} from '../src/index.ts';

type BookRow = { number: number; id: Buffer; shelf: number; title: string; bought_at: Date };
type Book = Omit<BookRow, 'number' | 'id'>;

const migrations: Migration[] = [
  {
    name: '0001',
    up: [
      `CREATE TABLE books (number INT NOT NULL AUTO_INCREMENT PRIMARY KEY, id BINARY(16) NOT NULL UNIQUE, shelf BIGINT NOT NULL,
         title VARCHAR(20) NOT NULL COLLATE utf8mb4_unicode_ci, bought_at DATETIME(3) NOT NULL)`,
    ],
  },
];

const number = { column: 'number', toSql: integerValue };
const id = { column: 'id', toSql: idValue };
const shelf = { column: 'shelf', toSql: integerValue };
const title = { column: 'title', toSql: textValue };
const boughtAt = { column: 'bought_at', toSql: (value: string | number) => new Date(integerValue(value)) };

const keysets: Keyset<BookRow>[] = [
  { name: 'number', columns: [{ ...number, direction: 'asc' }], keyOf: (row) => [row.number] },
  { name: 'newest', columns: [{ ...id, direction: 'desc' }], keyOf: (row) => [idText(row.id)] },
  {
    name: 'shelf',
    columns: [
      { ...shelf, direction: 'asc' },
      { ...id, direction: 'asc' },
    ],
    keyOf: (row) => [row.shelf, idText(row.id)],
  },
  {
    name: 'title',
    columns: [
      { ...title, direction: 'desc' },
      { ...number, direction: 'asc' },
    ],
    keyOf: (row) => [row.title, row.number],
  },
  {
    name: 'place',
    columns: [
      { ...boughtAt, direction: 'desc' },
      { ...shelf, direction: 'asc' },
      { ...title, direction: 'desc' },
      { ...id, direction: 'asc' },
    ],
    keyOf: (row) => [row.bought_at.getTime(), row.shelf, row.title, idText(row.id)],
  },
];

// Few distinct values, so that there are ties; the collation treats titles that differ only in case as equal.
const book = fc.record<Book>({
  shelf: fc.constantFrom(-1, 0, 1, Number.MAX_SAFE_INTEGER),
  title: fc.constantFrom('', 'Tea', 'tea', 'TEA', 'Thé', "O'Tea", 'ü'),
  bought_at: fc.constantFrom(0, 1, 999, 1_700_000_000_123).map((ms) => new Date(ms)),
});

describe('keysetPage', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  const fill = async (books: readonly Book[]): Promise<void> => {
    await database.db('books').delete();
    await insert(books);
  };
  const insert = async (books: readonly Book[]): Promise<void> => {
    if (books.length > 0) await database.db('books').insert(books.map((row) => ({ ...row, id: idBytes(newId()) })));
  };
  const inOrder = async ({ columns }: Keyset<BookRow>): Promise<number[]> => {
    const rows: BookRow[] = await database
      .db('books')
      .orderBy(columns.map(({ column, direction }) => ({ column, order: direction })));
    return rows.map((row) => row.number);
  };
  const readAll = async (
    keyset: Keyset<BookRow>,
    { limit, betweenPages = async () => {} }: { limit: number; betweenPages?(page: number): Promise<void> },
  ): Promise<number[]> => {
    const seen: number[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 100; page++) {
      const { rows, nextCursor } = await keysetPage(database.db<BookRow>('books'), keyset, { limit, ...(cursor && { cursor }) });
      seen.push(...rows.map((row) => row.number));
      if (nextCursor === null) return seen;
      expect(rows).to.have.length(limit);
      cursor = nextCursor;
      await betweenPages(page);
    }
    throw new Error('The list never ended.');
  };

  for (const keyset of keysets) {
    it(`sorted by ${keyset.name} shows every row exactly once, in order`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(book, { maxLength: 25 }), fc.integer({ min: 1, max: 7 }), async (books, limit) => {
          await fill(books);
          expect(await readAll(keyset, { limit })).to.deep.equal(await inOrder(keyset));
        }),
        { numRuns: 30 },
      );
    });

    it(`sorted by ${keyset.name} neither skips nor repeats remaining rows while others are inserted and deleted`, async () => {
      const change = fc.record({ come: fc.array(book, { maxLength: 3 }), goes: fc.nat(30) });
      await fc.assert(
        fc.asyncProperty(
          fc.array(book, { minLength: 5, maxLength: 25 }),
          fc.array(change, { maxLength: 6 }),
          async (books, changes) => {
            await fill(books);
            const before = await inOrder(keyset);
            const betweenPages = async (page: number): Promise<void> => {
              const { come, goes } = changes[page] ?? { come: [], goes: -1 };
              await insert(come);
              await database
                .db('books')
                .where({ number: before[goes] ?? 0 })
                .delete();
            };
            const seen = await readAll(keyset, { limit: 3, betweenPages });

            expect(new Set(seen).size, 'rows seen twice').to.equal(seen.length);
            const stayed = new Set(await inOrder(keyset));
            const expected = before.filter((row) => stayed.has(row));
            expect(seen.filter((row) => expected.includes(row))).to.deep.equal(expected);
          },
        ),
        { numRuns: 20 },
      );
    });
  }

  for (const keyset of keysets) {
    it(`filtered and sorted by ${keyset.name} shows every matching row exactly once, in order, however few rows a page reads`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(book, { maxLength: 25 }),
          fc.record({ limit: fc.integer({ min: 1, max: 4 }), maxRows: fc.integer({ min: 1, max: 6 }) }),
          async (books, { limit, maxRows }) => {
            await fill(books);
            const seen: BookRow[] = [];
            for (let cursor: string | null = ''; cursor !== null; ) {
              const query = database.db<BookRow>('books').where('shelf', '>', 0);
              const along = database.db<BookRow>('books');
              const page: Page<BookRow> = await siftedPage(
                { query, along, keyset, maxRows },
                { limit, ...(cursor && { cursor }) },
              );
              seen.push(...page.rows);
              cursor = page.nextCursor;
            }
            const wanted = (await inOrder(keyset)).filter((row) => seen.some(({ number: one }) => one === row));
            expect(seen.map((row) => row.number)).to.deep.equal(wanted);
            expect(seen).to.have.length(books.filter((one) => one.shelf > 0).length);
          },
        ),
        { numRuns: 30 },
      );
    });
  }

  it('searches a limited number of rows for matching ones', async () => {
    await fill([0, 0, 0, 1, 0].map((n) => ({ shelf: n, title: 'tea', bought_at: new Date(0) })));
    const [byNumber] = keysets as [Keyset<BookRow>];
    const read = (cursor?: string) => {
      const query = database.db<BookRow>('books').where({ shelf: 1 });
      const along = database.db<BookRow>('books').select('number');
      return siftedPage({ query, along, keyset: byNumber, maxRows: 2 }, { limit: 5, ...(cursor && { cursor }) });
    };
    const first = await read();
    expect(first.rows).to.deep.equal([]);
    const second = await read(first.nextCursor ?? '');
    expect(second.rows).to.have.length(1);
    expect(second.nextCursor).to.equal(null);
  });

  it('keeps the conditions of the list itself', async () => {
    await fill([0, 1, 0, 1, 0].map((n) => ({ shelf: n, title: 'tea', bought_at: new Date(0) })));
    const [byNumber] = keysets as [Keyset<BookRow>];
    const onShelf = () => database.db<BookRow>('books').where({ shelf: 0 });
    const first = await keysetPage(onShelf(), byNumber, { limit: 2 });
    const second = await keysetPage(onShelf(), byNumber, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.rows, ...second.rows].map((row) => row.shelf)).to.deep.equal([0, 0, 0]);
    expect(second.nextCursor).to.equal(null);
  });

  it('recognises a full last page as the last', async () => {
    await fill([1, 2].map((n) => ({ shelf: n, title: 'tea', bought_at: new Date(0) })));
    const { nextCursor } = await keysetPage(database.db<BookRow>('books'), keysets[0] as Keyset<BookRow>, { limit: 2 });
    expect(nextCursor).to.equal(null);
  });

  it('returns a page by its number, with the total', async () => {
    await fill([0, 1, 0, 1, 0, 0].map((n) => ({ shelf: n, title: 'tea', bought_at: new Date(0) })));
    const [byNumber] = keysets as [Keyset<BookRow>];
    const onShelf = () => database.db<BookRow>('books').where({ shelf: 0 });
    const all = await keysetPage(onShelf(), byNumber, { limit: 10 });
    const second = await numberedOrKeysetPage(onShelf(), byNumber, { limit: 3, page: 2 });
    expect(second).to.deep.include({ limit: 3, number: 2, total: 4, isTotalCapped: false, nextCursor: null });
    expect(second.rows).to.deep.equal(all.rows.slice(3));
    expect((await numberedOrKeysetPage(onShelf(), byNumber, { limit: 3, page: 9 })).rows).to.deep.equal([]);
    expect(await numberedOrKeysetPage(onShelf(), byNumber, { limit: 10 })).to.deep.equal(all);
  });

  it('stops counting at ten thousand', async () => {
    await database.db('books').delete();
    await database.db.raw(
      `INSERT INTO books (id, shelf, title, bought_at) WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 101)
       SELECT UNHEX(LPAD(HEX(a.i * 1000 + b.i), 32, '0')), 0, 'tea', NOW() FROM n AS a JOIN n AS b`,
    );
    const [byNumber] = keysets as [Keyset<BookRow>];
    const page = await numberedOrKeysetPage(database.db<BookRow>('books'), byNumber, { limit: 100, page: 100 });
    expect(page).to.deep.include({ total: 10_000, isTotalCapped: true });
    expect(page.rows).to.have.length(100);
  });

  const crafted: Record<string, [string, (string | number)[]]> = {
    'a number for an id': ['newest', [5]],
    'text that is not an id': ['newest', ['0190a1b2']],
    'an id in braces': ['newest', [`{${newId()}}`]],
    'text for a number': ['shelf', ['a', newId()]],
    'digits for a number': ['shelf', ['1', newId()]],
    'a number for text': ['title', [1, 1]],
    'an invalid time': ['place', [Number.MAX_SAFE_INTEGER, 1, 'tea', newId()]],
    'a year outside the range of SQL': ['place', [Date.UTC(12_000, 0), 1, 'tea', newId()]],
  };
  for (const [name, [sort, key]] of Object.entries(crafted)) {
    it(`rejects a cursor with ${name}`, async () => {
      const keyset = keysets.find((one) => one.name === sort) as Keyset<BookRow>;
      const cursor = encodeCursor(sort, key);
      const failure = await keysetPage(database.db<BookRow>('books'), keyset, { limit: 5, cursor }).catch(
        (error: unknown) => error,
      );
      expect(failure).to.include({ code: 'VALIDATION_FAILED', status: 422 });
    });
  }

  it('handles any well-formed cursor without an internal error', async () => {
    const place = keysets.at(-1) as Keyset<BookRow>;
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger());
    const plausible = fc.tuple(fc.date({ noInvalidDate: true }).map(Number), fc.maxSafeInteger(), fc.string({ unit: 'binary' }));
    const key = fc.oneof(
      fc.array(value, { minLength: 4, maxLength: 4 }),
      plausible.map((first) => [...first, newId()]),
    );
    await fc.assert(
      fc.asyncProperty(key, async (values) => {
        const request = { limit: 5, cursor: encodeCursor('place', values) };
        const failure: unknown = await keysetPage(database.db<BookRow>('books'), place, request).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failure !== undefined) expect(failure).to.include({ code: 'VALIDATION_FAILED' });
      }),
      { numRuns: 200 },
    );
  });
});
