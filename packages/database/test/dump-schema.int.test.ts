import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { dumpSchema } from '../src/index.ts';
import { plainExpression } from '../src/schema-rows.ts';

const up = [
  `CREATE TABLE shelves (id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, room SET('hall', 'attic') CHARACTER SET ascii COLLATE ascii_bin NOT NULL)`,
  `CREATE TABLE books (
    id BINARY(16) NOT NULL PRIMARY KEY,
    shelf_id INT UNSIGNED NULL,
    title VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    status VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'here',
    price_minor BIGINT NOT NULL DEFAULT 0,
    is_dear TINYINT AS (price_minor > 1000) STORED,
    bought_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
    UNIQUE KEY books_title (title, shelf_id),
    FULLTEXT KEY books_text (title),
    CONSTRAINT books_shelf FOREIGN KEY (shelf_id) REFERENCES shelves (id),
    CONSTRAINT books_status CHECK (status IN ('here', 'lent')),
    CONSTRAINT books_dear CHECK ((status = 'lent') = (price_minor >= -5) AND (shelf_id IS NOT NULL OR price_minor <> 0))
  ) ENGINE=InnoDB`,
  `CREATE TRIGGER books_no_delete BEFORE DELETE ON books
     FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'books are kept'`,
];

const dump = `CREATE TABLE books (
  id binary(16) NOT NULL,
  shelf_id int unsigned NULL,
  title varchar(200) COLLATE utf8mb4_bin NOT NULL,
  status varchar(8) COLLATE ascii_bin NOT NULL DEFAULT 'here',
  price_minor bigint NOT NULL DEFAULT 0,
  is_dear tinyint AS (price_minor > 1000) STORED NULL,
  bought_at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  PRIMARY KEY (id),
  KEY books_shelf (shelf_id),
  FULLTEXT KEY books_text (title),
  UNIQUE KEY books_title (title, shelf_id),
  CONSTRAINT books_shelf FOREIGN KEY (shelf_id) REFERENCES shelves (id),
  CONSTRAINT books_dear CHECK (status = 'lent' = price_minor >= -5 and shelf_id is not null or price_minor <> 0),
  CONSTRAINT books_status CHECK (status in ('here', 'lent'))
);

CREATE TRIGGER books_no_delete BEFORE DELETE ON books FOR EACH ROW
  SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'books are kept';

CREATE TABLE shelves (
  id int unsigned NOT NULL AUTO_INCREMENT,
  room set('hall','attic') COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (id)
);
`;

describe('dumpSchema', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase([{ name: '0001', up }]);
  });
  after(() => database.drop());

  it('writes columns, keys, constraints and triggers of each table, without the tables of the migrations', async () => {
    expect(await dumpSchema(database.db)).to.equal(dump);
  });

  const spellings: [mysql: string, mariaDb: string][] = [
    ["regexp_like(`name`,_utf8mb4\\'^[a-z]{1,3}$\\')", "`name` regexp '^[a-z]{1,3}$'"],
    ["(`status` in (_utf8mb4\\'here\\',_utf8mb4\\'lent\\'))", "`status` in ('here','lent')"],
    ["((`a` = _ascii'x') = (`b` is not null))", "`a` = 'x' = (`b` is not null)"],
    ["(find_in_set(_utf8mb4'buyer',`roles`) > 0)", "find_in_set('buyer',`roles`) > 0"],
    ['(`amount` between -(9007199254740991) and 9007199254740991)', '`amount` between -9007199254740991 and 9007199254740991'],
    ['((`a` + `b`) <= coalesce(`c`,0))', '`a` + `b` <= coalesce(`c`,0)'],
    ["(`type` not in (_utf8mb4'a',_utf8mb4'b'))", "`type` not in ('a','b')"],
    ['coalesce(`parent`,0x00ff)', "coalesce(`parent`,x'00ff')"],
    ['lower(`name`)', 'lcase(`name`)'],
  ];
  for (const [mysql, mariaDb] of spellings)
    it(`writes ${mariaDb} in the same form for both servers`, () => {
      expect(plainExpression(mysql)).to.equal(plainExpression(mariaDb));
    });
});
