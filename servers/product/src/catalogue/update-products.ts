import { isDeepStrictEqual } from 'node:util';
import { column, defineTable, omitFields, updateByKey } from '@florin/database';
import type { Knex } from 'knex';
import { productIndex, searchedFields } from '../search/index.ts';
import { productsTable } from '../stock/index.ts';
import { orTaken } from './errors.ts';
import { fillSlugs } from './fill-slugs.ts';
import { type Product, storedOf } from './product.ts';
import { replaceFurtherCategories } from './product-categories.ts';
import { replaceLabels } from './product-labels.ts';
import { publishProducts } from './publish-products.ts';
import { requireImages } from './require-images.ts';

/** Without stock, which only movements change. */
const editedTable = omitFields(productsTable, ['stock', 'version', 'createdAt']);
/** With the version that the search index has. */
const rewordedTable = defineTable('products', {
  ...editedTable.columns,
  searchVersion: column.integer('int unsigned').orNull(),
});
const nextVersion = 'products.version = products.version + 1';

/** A product as it was when this transaction locked it, and as it becomes. */
export type ProductEdit = { before: Product; after: Product };

/**
 * Writes edited products, increments their versions, indexes them for search and publishes them.
 *
 * @returns the products as they are stored, in the order of `edits`
 * @throws AppError SKU_TAKEN or SLUG_TAKEN if another product has it, IMAGE_UNKNOWN
 */
export async function updateProducts(
  trx: Knex.Transaction,
  edits: readonly ProductEdit[],
  { reservedSlugs }: { reservedSlugs?: ReadonlySet<string> } = {},
): Promise<Product[]> {
  await requireImages(trx, edits);
  const updatedAt = new Date().toISOString();
  const edited = edits.map(({ before, after }) => ({ ...after, updatedAt, version: before.version + 1 }));
  const products = await fillSlugs(trx, edited, reservedSlugs);
  const reworded = products.filter((_, index) => isReworded(edits[index]));
  await orTaken(writeProducts(trx, products, new Set(reworded)));
  await replaceLabels(
    trx,
    products.filter((_, index) => hasOtherLabels(edits[index])),
  );
  // Always: the release before may have made a further category the main one.
  await replaceFurtherCategories(trx, products);
  await productIndex.write(trx, reworded);
  await publishProducts(trx, products);
  return products;
}

/** If the index has the words of an old version, it still does after an edit of other fields: both versions count up. */
async function writeProducts(trx: Knex.Transaction, products: readonly Product[], reworded: ReadonlySet<Product>): Promise<void> {
  const isIndexed = (product: Product): boolean => reworded.has(product);
  const indexed = products.filter(isIndexed).map((product) => ({ ...storedOf(product), searchVersion: product.version }));
  await updateByKey(trx, rewordedTable, indexed, { set: nextVersion });
  const others = products.filter((product) => !isIndexed(product)).map(storedOf);
  await updateByKey(trx, editedTable, others, { set: `${nextVersion}, products.search_version = products.search_version + 1` });
}

/** Whether the product is found by other words. */
function isReworded(edit: ProductEdit | undefined): boolean {
  return searchedFields.some((field) => edit?.before[field] !== edit?.after[field]);
}

function hasOtherLabels(edit: ProductEdit | undefined): boolean {
  return !isDeepStrictEqual([edit?.before.tags, edit?.before.attributes], [edit?.after.tags, edit?.after.attributes]);
}
