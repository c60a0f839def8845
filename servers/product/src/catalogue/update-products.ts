import { isDeepStrictEqual } from 'node:util';
import { column, defineTable, omitFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import { productIndex } from '../search/index.ts';
import { productsTable } from '../stock/index.ts';
import { orTaken } from './errors.ts';
import { fillSlugs } from './fill-slugs.ts';
import { type Product, storedOf } from './product.ts';
import { replaceFurtherCategories } from './product-categories.ts';
import { replaceLabels } from './product-labels.ts';
import { publishProducts } from './publish-products.ts';

/** Without stock, which only movements change; with the version that the search index has. */
const editedTable = defineTable('products', {
  ...omitFields(productsTable, ['stock', 'version', 'createdAt']).columns,
  searchVersion: column.integer('int unsigned').orNull(),
});

/** A product as it was when this transaction locked it, and as it becomes. */
export type ProductEdit = { before: Product; after: Product };

/**
 * Writes edited products, increments their versions, indexes them for search and publishes them.
 *
 * @returns the products as they are stored, in the order of `edits`
 * @throws AppError SKU_TAKEN or SLUG_TAKEN if another product has it
 */
export async function updateProducts(
  trx: Knex.Transaction,
  edits: readonly ProductEdit[],
  { reservedSlugs }: { reservedSlugs?: ReadonlySet<string> } = {},
): Promise<Product[]> {
  const updatedAt = new Date().toISOString();
  const edited = edits.map(({ before, after }) => ({ ...after, updatedAt, version: before.version + 1 }));
  const products = await fillSlugs(trx, edited, reservedSlugs);
  const rows = products.map((product) => ({ ...storedOf(product), searchVersion: product.version }));
  await orTaken(updateByKey(trx, editedTable, rows, { set: 'products.version = products.version + 1' }));
  await replaceLabels(
    trx,
    products.filter((_, index) => hasOtherLabels(edits[index])),
  );
  // Always: the release before may have made a further category the main one.
  await replaceFurtherCategories(trx, products);
  await productIndex.write(trx, products);
  await publishProducts(trx, products);
  return products;
}

function hasOtherLabels(edit: ProductEdit | undefined): boolean {
  return !isDeepStrictEqual([edit?.before.tags, edit?.before.attributes], [edit?.after.tags, edit?.after.attributes]);
}
