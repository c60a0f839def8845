import { firstOf, idBytes, idText, pickFields, query, type RowOf, readRow, type StoredRowOf } from '@florin/database';
import { idValue, type Keyset, type Page, type PageRequest, siftedPage, textValue } from '@florin/pagination';
import type { Knex } from 'knex';
import { readPurchaseNumber } from '../purchases/index.ts';
import { contactsTable } from './contacts-tables.ts';
import { typedKey } from './search-keys.ts';

const shownTable = pickFields(contactsTable, ['userId', 'email', 'name']);

export type Customer = RowOf<typeof shownTable>;

/** Maximum number of keys read for one page. */
const MAX_LOOKED_AT = 10_000;
/** Above every byte of a text in UTF-8. */
const ABOVE = Buffer.from([0xff]);

type FoundRow = StoredRowOf<typeof shownTable> & { search_key: Buffer };

const byKey: Keyset<FoundRow> = {
  name: 'search-key',
  columns: [
    { column: 'k.search_key', direction: 'asc', toSql: (value) => Buffer.from(textValue(value)) },
    { column: 'k.user_id', direction: 'asc', toSql: idValue },
  ],
  keyOf: ({ search_key, user_id }) => [search_key.toString(), idText(user_id)],
};

/**
 * Finds customers by a purchase's number, or by the beginning of one of their keys, in the order of the keys. A customer whose several
 * keys begin with the text is listed once, at the first of them. A page reads at most ten thousand keys, so it may have fewer
 * customers than its limit and still have a next page.
 */
export async function findCustomers(db: Knex, text: string, request: PageRequest): Promise<Page<Customer>> {
  const buyer = await findByNumber(db, text);
  if (buyer !== undefined) return { rows: [buyer], limit: request.limit, nextCursor: null };
  const key = Buffer.from(typedKey(text));
  if (key.length === 0) return { rows: [], limit: request.limit, nextCursor: null };
  const along = () => alongKeys(db, key);
  const query = along()
    .join('contacts AS c', 'c.user_id', 'k.user_id')
    .whereNotExists(
      db(db.raw('contact_keys AS earlier FORCE INDEX (contact_keys_user)'))
        .select(db.raw('1'))
        .whereRaw('earlier.user_id = k.user_id AND earlier.search_key >= ? AND earlier.search_key < k.search_key', [key]),
    )
    .select('c.user_id', 'c.email', 'c.name', 'k.search_key');
  const page = await siftedPage<FoundRow>(
    { query, along: along().select('k.search_key', 'k.user_id'), keyset: byKey, maxRows: MAX_LOOKED_AT },
    request,
  );
  return { ...page, rows: page.rows.map((row) => readRow(shownTable, row)) };
}

/** Reads a customer by id; undefined if there is none, or the user was erased. */
export async function findCustomer(db: Knex, userId: string): Promise<Customer | undefined> {
  const row = await firstOf<StoredRowOf<typeof shownTable>>(
    db('contacts')
      .where({ user_id: idBytes(userId) })
      .select(db.raw(shownTable.list)),
  );
  return row && readRow(shownTable, row);
}

function alongKeys(db: Knex, key: Buffer): Knex.QueryBuilder {
  return db(db.raw('contact_keys AS k FORCE INDEX (PRIMARY)'))
    .where('k.search_key', '>=', key)
    .where('k.search_key', '<', Buffer.concat([key, ABOVE]));
}

/** Most texts of eight characters are a number of no purchase, and are searched for. */
async function findByNumber(db: Knex, text: string): Promise<Customer | undefined> {
  const number = readPurchaseNumber(text);
  if (number === undefined) return undefined;
  const columns = shownTable.cells.map(({ column }) => `c.${column}`).join(', ');
  const [row] = await query<StoredRowOf<typeof shownTable>>(
    db,
    `SELECT ${columns} FROM purchases AS p FORCE INDEX (purchases_number) JOIN contacts AS c ON c.user_id = p.user_id WHERE p.number = ?`,
    [number],
  );
  return row && readRow(shownTable, row);
}
