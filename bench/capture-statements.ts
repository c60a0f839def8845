import { openDatabase } from '@florin/database';
import { readLimits } from '@florin/product-server/buyer-limits';
import type { ProductSort } from '@florin/product-server/catalogue';
import {
  countFacets,
  type FacetName,
  impliedCurrency,
  listProducts,
  type ProductSearch,
  tagLabel,
} from '@florin/product-server/catalogue';
import type { Knex } from 'knex';
import type { Ask } from './browse-asks.ts';

export type Statement = { sql: string; bindings: readonly unknown[] };

/** Captures the statements by which the service answers a query. */
export async function captureStatements(databaseUrl: string, asks: readonly Ask[]): Promise<Statement[][]> {
  const db = openDatabase({ url: databaseUrl, poolMax: 1 });
  try {
    let captured: Statement[] = [];
    db.on('query', ({ sql, bindings }: Statement) => void captured.push({ sql, bindings }));
    const all: Statement[][] = [];
    for (const ask of asks) {
      captured = [];
      await answer(db, ask);
      all.push(captured);
    }
    return all;
  } finally {
    await db.destroy();
  }
}

async function answer(db: Knex, { query, userId }: Ask): Promise<void> {
  const { sort: wanted, cursor, withinLimit, facets = '', tag: _label, ...conditions } = query;
  const sort = wanted as ProductSort | undefined;
  const names = String(facets).split(',').filter(Boolean) as FacetName[];
  const filter = conditions as Omit<ProductSearch, 'status'>;
  const within = withinLimit === true && userId !== undefined ? { within: await readLimits(db, userId) } : {};
  const implied = impliedCurrency(filter, { sort, platformCurrency: 'EUR', countsPrices: names.includes('price') });
  const search: ProductSearch = { ...filter, ...labelsOf(query), ...implied, status: 'active', ...within };
  // Cursors are sealed at the HTTP edge.
  const from = cursor === undefined ? {} : { cursor: String(cursor).split('.')[0] ?? '' };
  if (names.length > 0) await countFacets(db, search, names);
  await listProducts(db, search, { limit: 20, sort, ...from });
}

function labelsOf({ tag }: Ask['query']): Pick<ProductSearch, 'labels'> {
  return tag === undefined ? {} : { labels: [tagLabel(String(tag))] };
}

/** Number of rows that the server read for these statements, by its counters. */
export async function countRowsRead(db: Knex, statements: readonly Statement[]): Promise<number> {
  return db.transaction(async (trx) => {
    const before = await handlerReads(trx);
    for (const { sql, bindings } of statements) await trx.raw(sql, bindings as Knex.Value[]);
    return (await handlerReads(trx)) - before;
  });
}

/** Includes reads of temporary tables, but not those of the counters themselves. */
async function handlerReads(trx: Knex.Transaction): Promise<number> {
  const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Variable_name: string; Value: string }[]];
  return rows
    .filter(({ Variable_name }) => !Variable_name.includes('rnd_deleted'))
    .reduce((sum, { Value }) => sum + Number(Value), 0);
}
