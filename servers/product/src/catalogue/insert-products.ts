import assert from 'node:assert/strict';
import { column, databaseTime, defineTable, insertRows, newId } from '@florin/database';
import type { Knex } from 'knex';
import { productIndex } from '../search/index.ts';
import { lockProducts, moveStock, type OptionValues, productsTable } from '../stock/index.ts';
import { orTaken } from './errors.ts';
import { fillSlugs } from './fill-slugs.ts';
import { type Merged, mergeProduct, requireNoFault } from './merge-product.ts';
import { blankFields, type Product, type ProductFields, storedOf } from './product.ts';
import { insertFurtherCategories } from './product-categories.ts';
import { insertLabels } from './product-labels.ts';
import { publishProducts } from './publish-products.ts';
import { requireImages } from './require-images.ts';

type RequiredField = 'name' | 'priceMinor';

/** `categoryId`, `categoryIds` or both are required. */
export type NewProduct = Pick<ProductFields, RequiredField> &
  Partial<Omit<ProductFields, RequiredField>> & {
    /** Opening stock in units, posted as the first movement. */
    stock?: number;
    /** Default `active`. */
    status?: Product['status'];
    /** The names of the options, if the product is to have variants. */
    options?: string[];
  };

/** A new product, or a new variant of `parentId`. */
export type InsertedProduct = NewProduct & { parentId?: string; optionValues?: OptionValues; archivedWithParent?: boolean };

export type ProductDefaults = {
  currency: string;
  /** The tax rate of the shop; null or absent: it is not stored. */
  taxRatePercent?: number | null;
};

export type InsertOptions = ProductDefaults & {
  /** Slugs that the transaction gives to other products. */
  reservedSlugs?: ReadonlySet<string>;
  /** True if no `product-changed` is published: for load tests, which fill a catalogue before anyone listens. */
  isUnpublished?: boolean;
};

/** With the version that the search index has. */
const insertedTable = defineTable('products', {
  ...productsTable.columns,
  searchVersion: column.integer('int unsigned').orNull(),
});

/**
 * Inserts products whose categories this transaction has locked, or whose parent it has, indexes them for search, posts their opening
 * stock and publishes them. Returns the ids in the order of `products`.
 *
 * @throws AppError SKU_TAKEN, SLUG_TAKEN, VARIANT_EXISTS, IMAGE_UNKNOWN, VALIDATION_FAILED if fields contradict each other
 */
export async function insertProducts(
  trx: Knex.Transaction,
  products: readonly InsertedProduct[],
  { isUnpublished = false, reservedSlugs, ...defaults }: InsertOptions,
): Promise<string[]> {
  // Counts of stock compare the times of movements, which instances with different clocks write.
  const at = await databaseTime(trx);
  const made = await fillSlugs(
    trx,
    products.map((product) => complete(product, { ...defaults, at })),
    reservedSlugs,
  );
  await requireImages(
    trx,
    made.map((after) => ({ after })),
  );
  const ids = made.map(({ id }) => id);
  const rows = made.map((product) => ({ ...storedOf(product), searchVersion: product.version }));
  await orTaken(insertRows(trx, insertedTable, rows));
  await insertLabels(trx, made);
  await insertFurtherCategories(trx, made);
  await productIndex.write(trx, made, { areNew: true });
  const movements = products.flatMap(({ stock = 0 }, index) =>
    stock > 0 ? [{ productId: ids[index] ?? '', delta: stock, reason: 'opening' as const }] : [],
  );
  const moved = movements.map(({ productId }) => productId);
  await moveStock(trx, await lockProducts(trx, moved), { movements, at });
  if (!isUnpublished) await publishProducts(trx, made);
  return ids;
}

/** Fills in the fields that a new product leaves out. Pure. */
export function mergeNew(
  { stock: _posted, status: _set, name, priceMinor, ...fields }: NewProduct,
  { currency, taxRatePercent = null }: ProductDefaults,
): Merged<ProductFields> {
  const blank: ProductFields = { ...blankFields, currency, taxRatePercent, name, priceMinor, categoryId: '', categoryIds: [] };
  return mergeProduct(blank, { priceMinor, ...fields });
}

/** The product that would be inserted, for a dry run. Pure. */
export function pretendProduct(product: InsertedProduct, defaults: ProductDefaults): Product {
  return complete(product, { ...defaults, at: new Date() });
}

function complete(inserted: InsertedProduct, { at, ...defaults }: ProductDefaults & { at: Date }): Product {
  const { options = null, parentId = null, optionValues = null, archivedWithParent = false, ...product } = inserted;
  const { product: fields, faults } = mergeNew(product, defaults);
  requireNoFault(faults);
  assert(fields.categoryId !== '', 'a product must have a category');
  const time = at.toISOString();
  const { status = 'active' } = product;
  const family = { parentId, options, optionValues, archivedWithParent };
  return { ...fields, id: newId(), stock: 0, status, ...family, version: 1, createdAt: time, updatedAt: time };
}
