import { expect } from 'chai';
import { checkMigrations } from './check-migrations.ts';
import { findContractions, type Step } from './find-contractions.ts';

const books = `CREATE TABLE books (
  id BINARY(16) NOT NULL PRIMARY KEY,
  title VARCHAR(200) NOT NULL,
  status VARCHAR(16) NOT NULL,
  CONSTRAINT books_status CHECK (status IN ('new', 'lent')),
  UNIQUE KEY books_title (title)
) ENGINE=InnoDB`;
const create: Step = { name: '0001-books', statements: [books] };

function check(...statements: string[]): string[] {
  return findContractions([create, { name: '0002-change', statements }]);
}

describe('the check of migrations', () => {
  it('finds nothing in the existing migrations', async () => {
    expect(await checkMigrations()).to.deep.equal([]);
  });

  for (const statement of [
    'ALTER TABLE books ADD COLUMN isbn CHAR(13) NULL, ADD KEY books_isbn (isbn)',
    "ALTER TABLE books ADD COLUMN shelf VARCHAR(8) NOT NULL DEFAULT ''",
    'ALTER TABLE books ADD COLUMN isbn CHAR(13) NULL, ADD UNIQUE KEY books_isbn (isbn), ADD CONSTRAINT isbn_long CHECK (LENGTH(isbn) = 13)',
    "ALTER TABLE books DROP CONSTRAINT books_status, ADD CONSTRAINT books_status CHECK (status IN ('new', 'lent', 'lost'))",
    'ALTER TABLE books DROP CONSTRAINT books_status',
    'CREATE TABLE loans (id INT NOT NULL, note TEXT NOT NULL)',
    'CREATE INDEX books_by_status ON books (status)',
    "UPDATE books SET status = 'new' WHERE status = 'lent'",
  ]) {
    it(`accepts: ${statement}`, () => expect(check(statement)).to.deep.equal([]));
  }

  for (const [statement, finding] of [
    ['ALTER TABLE books DROP COLUMN title', 'is not known to be harmless: DROP COLUMN title'],
    ['ALTER TABLE books DROP title', 'is not known to be harmless: DROP title'],
    ['ALTER TABLE books RENAME COLUMN title TO name', 'is not known to be harmless: RENAME COLUMN title TO name'],
    [
      'ALTER TABLE books MODIFY title VARCHAR(10) NOT NULL',
      'changes the type of books.title, which older instances read and write',
    ],
    ['ALTER TABLE books MODIFY COLUMN `title` TEXT', 'changes the type of books.title, which older instances read and write'],
    ['ALTER TABLE books CHANGE title name TEXT', 'is not known to be harmless: CHANGE title'],
    ['ALTER TABLE books\n  ADD KEY k (title),\n  DROP KEY books_title', 'is not known to be harmless: DROP KEY books_title'],
    ['RENAME TABLE books TO tomes', 'is not known to be harmless: RENAME TABLE'],
    ['DROP TABLE books', 'is not known to be harmless: DROP TABLE'],
    ['DELETE FROM books', 'is not known to be harmless: DELETE'],
    [
      'ALTER TABLE books ADD COLUMN isbn CHAR(13) NOT NULL',
      'adds column isbn, which older instances leave out and which has no default',
    ],
    [
      "ALTER TABLE books DROP CONSTRAINT books_status, ADD CONSTRAINT books_status CHECK (status IN ('new'))",
      'adds books_status, which may refuse',
    ],
    [
      'ALTER TABLE books ADD CONSTRAINT titled CHECK (LENGTH(title) > 3)',
      'adds titled, which may refuse what older instances write',
    ],
    [
      'ALTER TABLE books ADD UNIQUE KEY books_once (title, status)',
      'adds books_once, which may refuse what older instances write',
    ],
    ['CREATE TRIGGER books_kept BEFORE DELETE ON books FOR EACH ROW SIGNAL SQLSTATE 1', 'adds trigger books_kept'],
  ] as const) {
    it(`finds: ${statement}`, () => {
      const [first = '', ...others] = check(statement);
      expect(first).to.include(`0002-change ${finding}`);
      expect(others).to.deep.equal([]);
    });
  }

  it('accepts a trigger that exists during the migration only, or is created again unchanged', () => {
    const kept = 'CREATE TRIGGER books_kept BEFORE DELETE ON books FOR EACH ROW SIGNAL SQLSTATE 1';
    const meanwhile = 'CREATE TRIGGER meanwhile BEFORE UPDATE ON books FOR EACH ROW SIGNAL SQLSTATE 2';
    const first = { name: '0001-books', statements: [books, kept] };
    const change = ['DROP TRIGGER books_kept', meanwhile, kept, 'DROP TRIGGER meanwhile'];
    expect(findContractions([first, { name: '0002-change', statements: change }])).to.deep.equal([]);
    expect(findContractions([first, { name: '0002-change', statements: ['DROP TRIGGER books_kept'] }])).to.deep.equal([
      '0002-change drops trigger books_kept',
    ]);
  });

  it('accepts every change of tables that the migration creates', () => {
    expect(
      check(
        'CREATE TABLE loans (id INT)',
        'DELETE FROM loans',
        'ALTER TABLE loans ADD COLUMN at DATETIME NOT NULL, DROP COLUMN id',
      ),
    ).to.deep.equal([]);
  });

  it('accepts only the marked contract step of an earlier migration', () => {
    const contracting = { name: '0003-contract', statements: ['ALTER TABLE books DROP COLUMN title'] };
    const expand = { name: '0002-name', statements: ['ALTER TABLE books ADD COLUMN name TEXT NULL'] };
    expect(findContractions([create, expand, { ...contracting, contracts: '0002-name' }])).to.deep.equal([]);
    expect(findContractions([create, expand, { ...contracting, contracts: '0009-other' }])).to.deep.equal([
      '0003-contract contracts 0009-other, which is no earlier migration',
    ]);
    expect(findContractions([create, { ...expand, contracts: '0001-books' }])).to.deep.equal([
      '0002-name is marked to contract, and takes nothing away',
    ]);
  });

  it('accepts a reviewed rule, and rejects a review without a statement', () => {
    const statements = ['ALTER TABLE books ADD CONSTRAINT titled CHECK (LENGTH(title) > 3)'];
    const step = { name: '0002-change', statements };
    expect(findContractions([create, { ...step, reviewed: { titled: 'the service has always seen to it' } }])).to.deep.equal([]);
    expect(findContractions([create, { ...step, reviewed: { titled: 'so', other: 'why' } }])).to.deep.equal([
      '0002-change calls other reviewed, which needs no review',
    ]);
  });

  it('accepts a reviewed change of type, for that column of that table only', () => {
    const statements = ['ALTER TABLE books MODIFY COLUMN title TEXT NOT NULL, MODIFY COLUMN status TEXT NOT NULL'];
    const step = { name: '0002-change', statements, reviewed: { 'books.title': 'it only gets longer' } };
    expect(findContractions([create, step])).to.deep.equal([
      '0002-change changes the type of books.status, which older instances read and write',
    ]);
  });
});
