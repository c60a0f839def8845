import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { applyChanges } from './apply-changes.ts';
import { lockFamily } from './lock-family.ts';
import { type ProductChanges, requireNoFault } from './merge-product.ts';
import type { Product } from './product.ts';
import { readProduct } from './read-product.ts';
import { shareCategories } from './share-categories.ts';
import { writeEdits } from './write-edits.ts';

type Edit = { id: string; ifMatch: IfMatch; changes: ProductChanges; by: string };

/**
 * Changes a product. Purchases keep their own copy of the name and the price. Its variants get what they share with it.
 *
 * @throws AppError NOT_FOUND, PRECONDITION_FAILED, CATEGORY_NOT_FOUND, SKU_TAKEN, SLUG_TAKEN, VARIANT_EXISTS, VALIDATION_FAILED if
 *   fields contradict each other, and the errors of `applyChanges`
 */
export async function editProduct(trx: Knex.Transaction, { id, ifMatch, changes, by }: Edit): Promise<Product> {
  const { categoryId, categoryIds = categoryId === undefined ? [] : [categoryId] } = changes;
  await shareCategories(trx, categoryIds);
  const family = await lockFamily(trx, id);
  const { product: before } = family;
  requireMatch(ifMatch, before);
  const { product: after, faults } = applyChanges(family, changes);
  requireNoFault(faults);
  await writeEdits(trx, [{ before, after }]);
  const stored = await readProduct(trx, id);
  const edited = { actorId: by, action: 'product.edit', subject: before.id };
  await appendAuditEntry(trx, { ...edited, before: changedFields(before, changes), after: changedFields(stored, changes) });
  return stored;
}

function changedFields(product: Product, changes: ProductChanges): Partial<Product> {
  return Object.fromEntries(Object.entries(product).filter(([field]) => field in changes));
}
