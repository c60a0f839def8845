import { isLockConflict, runTransaction } from '@florin/database';
import { createCategory, createProducts, readCategoryTree } from '@florin/product-server/catalogue';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { drawProduct, SEED_SKU_PREFIX, type Shelf, shelves } from './draw-product.ts';

type Options = {
  /** Number of products that the catalogue has afterwards, existing ones included. */
  products: number;
  currency: string;
  actor: CommandActor;
  signal: AbortSignal;
  onProgress(done: number, wanted: number): void;
};

const PRODUCT_BATCH_SIZE = 500;
/** Number of concurrent batches: the next one is drawn while the database writes one. */
const BATCH_CONCURRENCY = 2;

/**
 * Fills a catalogue up to a number of products through the service's own operations: opening stock is posted, SKUs are unique.
 * They are not published: a catalogue for a load test is filled before anyone listens. An interrupted run continues at the next call.
 *
 * @returns the number of created products
 */
export async function seedProducts(db: Knex, { products, currency, actor, signal, onProgress }: Options): Promise<number> {
  const [[counted]] = (await db.raw('SELECT COUNT(*) AS products FROM products')) as [[{ products: number }]];
  const wanted = Math.max(0, products - counted.products);
  if (wanted === 0) return 0;
  const categoryIds = await makeCategories(db, actor);
  const first = await firstFreeNumber(db);
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < wanted) {
      signal.throwIfAborted();
      const start = next;
      next = Math.min(next + PRODUCT_BATCH_SIZE, wanted);
      const set = Array.from({ length: next - start }, (_, index) => {
        const { shelf, ...product } = drawProduct(first + start + index);
        return { ...product, categoryId: categoryIds.get(keyOf(shelf)) ?? '' };
      });
      const make = async (trx: Knex.Transaction): Promise<void> => {
        await createProducts(trx, set, { currency, isUnpublished: true });
        await noteSeed(trx, actor, { products: set.length, from: set[0]?.sku, to: set.at(-1)?.sku });
      };
      await runTransaction(db, make, isLockConflict);
      done += set.length;
      onProgress(done, wanted);
    }
  };
  await Promise.all(Array.from({ length: BATCH_CONCURRENCY }, work));
  return done;
}

/** Returns the next number. Gaps of an interrupted run stay. Other SKUs may have the same prefix. */
async function firstFreeNumber(db: Knex): Promise<number> {
  const [[last]] = (await db.raw('SELECT sku FROM products WHERE sku LIKE ? AND sku REGEXP ? ORDER BY sku DESC LIMIT 1', [
    `${SEED_SKU_PREFIX}%`,
    `^${SEED_SKU_PREFIX}[0-9]{8}$`,
  ])) as [[{ sku: string } | undefined]];
  return last === undefined ? 0 : Number(last.sku.slice(SEED_SKU_PREFIX.length)) + 1;
}

/** Returns the categories' ids by path. Creates missing ones. */
async function makeCategories(db: Knex, actor: CommandActor): Promise<ReadonlyMap<string, string>> {
  const idsByPath = new Map<string, string>();
  const remember = (path: string, branches: Awaited<ReturnType<typeof readCategoryTree>>): void => {
    for (const { id, name, children } of branches) {
      idsByPath.set(`${path}/${name}`, id);
      remember(`${path}/${name}`, children);
    }
  };
  remember('', await readCategoryTree(db));
  await runTransaction(db, async (trx) => {
    const known = idsByPath.size;
    for (const { path } of shelves) {
      for (const [level, name] of path.entries()) {
        const parent = path
          .slice(0, level)
          .map((each) => `/${each}`)
          .join('');
        if (idsByPath.has(`${parent}/${name}`)) continue;
        const { id } = await createCategory(trx, { name, parentId: idsByPath.get(parent) ?? null });
        idsByPath.set(`${parent}/${name}`, id);
      }
    }
    const categories = idsByPath.size - known;
    if (categories > 0) await noteSeed(trx, actor, { categories });
  });
  return idsByPath;
}

async function noteSeed(trx: Knex.Transaction, actor: CommandActor, after: object): Promise<void> {
  await appendAuditEntry(trx, { ...actor, action: 'catalogue.seed', subject: 'products', after });
}

function keyOf({ path }: Shelf): string {
  return path.map((name) => `/${name}`).join('');
}
