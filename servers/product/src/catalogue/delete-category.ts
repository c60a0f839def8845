import { AppError } from '@florin/app-response';
import { idBytes, queryFirst } from '@florin/database';
import type { IfMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { categoryErrors } from './category-errors.ts';
import { lockCategoryTree } from './category-tree.ts';
import { lockCategory } from './lock-category.ts';

/**
 * Deletes a category that has no subcategories, no products, active or archived, and no coupons.
 *
 * @throws AppError NOT_FOUND, PRECONDITION_FAILED, CATEGORY_IN_USE
 */
export async function deleteCategory(
  trx: Knex.Transaction,
  { id, ifMatch, by }: { id: string; ifMatch: IfMatch; by: string },
): Promise<void> {
  await lockCategoryTree(trx);
  const before = await lockCategory(trx, id, { ifMatch });
  if (await isUsed(trx, id)) throw new AppError(categoryErrors.CATEGORY_IN_USE);
  await trx.raw('DELETE FROM categories WHERE id = ?', [idBytes(id)]);
  await appendAuditEntry(trx, { actorId: by, action: 'category.delete', subject: before.id, before });
}

/** Operations that put a product or a coupon into a category lock it for share, so none is added after this query. */
async function isUsed(trx: Knex.Transaction, id: string): Promise<boolean> {
  const used = await queryFirst(
    trx,
    `(SELECT 1 FROM categories WHERE parent_id = ? LIMIT 1)
     UNION ALL (SELECT 1 FROM products WHERE category_id = ? LIMIT 1)
     UNION ALL (SELECT 1 FROM product_categories WHERE category_id = ? LIMIT 1)
     UNION ALL (SELECT 1 FROM coupon_categories WHERE category_id = ? LIMIT 1)`,
    [idBytes(id), idBytes(id), idBytes(id), idBytes(id)],
  );
  return used !== undefined;
}
