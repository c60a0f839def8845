import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Product } from '../stock/index.ts';
import { lockProduct } from './lock-product.ts';
import type { ProductFields } from './product.ts';
import { readProduct } from './read-product.ts';
import { shareCategories } from './share-categories.ts';
import { updateProducts } from './update-products.ts';

/** Absent fields stay unchanged. `status: 'active'` puts an archived product back on sale. Only movements change stock. */
export type ProductChanges = Partial<ProductFields & Pick<Product, 'status'>>;

type Edit = { id: string; ifMatch: IfMatch; changes: ProductChanges; by: string };

/**
 * Changes a product. Purchases keep their own copy of the name and the price.
 *
 * @throws AppError NOT_FOUND, PRECONDITION_FAILED, CATEGORY_NOT_FOUND, SKU_TAKEN
 */
export async function editProduct(trx: Knex.Transaction, { id, ifMatch, changes, by }: Edit): Promise<Product> {
  if (changes.categoryId !== undefined) await shareCategories(trx, [changes.categoryId]);
  const before = await lockProduct(trx, id);
  requireMatch(ifMatch, before);
  await updateProducts(trx, [{ ...before, ...changes }]);
  const after = await readProduct(trx, id);
  const edited = { actorId: by, action: 'product.edit', subject: before.id };
  await appendAuditEntry(trx, { ...edited, before: changedFields(before, changes), after: changedFields(after, changes) });
  return after;
}

function changedFields(product: Product, changes: ProductChanges): Partial<Product> {
  return Object.fromEntries(Object.entries(product).filter(([field]) => field in changes));
}
