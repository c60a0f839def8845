import { AppError } from '@florin/app-response';
import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry, idBytes, isDuplicateKey } from '@florin/runtime';
import type { Knex } from 'knex';
import { productErrors } from './errors.ts';
import { lockProduct } from './lock-product.ts';
import type { Product } from './product.ts';
import { readProduct } from './read-product.ts';
import { shareCategories } from './share-categories.ts';

/** What is left out stays. Stock changes by movements only; `status: 'active'` brings an archived product back. */
export type ProductChanges = Partial<
  Pick<
    Product,
    'sku' | 'name' | 'description' | 'priceMinor' | 'currency' | 'categoryId' | 'imageUrl' | 'lowStockThreshold' | 'status'
  >
>;

type Edit = { id: string; ifMatch: IfMatch; changes: ProductChanges; by: string };

/**
 * Changes a product. What was asked for already keeps the price and the name it was asked for at: a purchase has its own copy.
 *
 * @throws AppError NOT_FOUND, PRECONDITION_FAILED, CATEGORY_NOT_FOUND, SKU_TAKEN
 */
export async function editProduct(trx: Knex.Transaction, { id, ifMatch, changes, by }: Edit): Promise<Product> {
  if (changes.categoryId !== undefined) await shareCategories(trx, [changes.categoryId]);
  const before = await lockProduct(trx, id);
  requireMatch(ifMatch, before);
  await updateProduct(trx, { ...before, ...changes });
  const after = await readProduct(trx, id);
  const edited = { actorId: by, action: 'product.edit', subject: before.id };
  await appendAuditEntry(trx, { ...edited, before: changedFields(before, changes), after: changedFields(after, changes) });
  return after;
}

async function updateProduct(trx: Knex.Transaction, product: Product): Promise<void> {
  const { sku, name, description, priceMinor, currency, categoryId, imageUrl, lowStockThreshold, status } = product;
  try {
    await trx.raw(
      `UPDATE products
       SET sku = ?, name = ?, description = ?, price_minor = ?, currency = ?, category_id = ?, image_url = ?,
         low_stock_threshold = ?, status = ?, version = version + 1, updated_at = ?
       WHERE id = ?`,
      [
        sku,
        name,
        description,
        priceMinor,
        currency,
        idBytes(categoryId),
        imageUrl,
        lowStockThreshold,
        status,
        new Date(),
        idBytes(product.id),
      ],
    );
  } catch (error) {
    throw isDuplicateKey(error, 'products_sku') ? new AppError(productErrors.SKU_TAKEN, { cause: error }) : error;
  }
}

function changedFields(product: Product, changes: ProductChanges): Partial<Product> {
  return Object.fromEntries(Object.entries(product).filter(([field]) => field in changes));
}
