import { insertRows, newId } from '@florin/database';
import type { Knex } from 'knex';
import { type Category, categoriesTable } from './category.ts';
import { orNameTaken } from './category-errors.ts';
import { lockCategoryTree, requirePlace, requireRoom } from './category-tree.ts';
import { readCategory } from './read-categories.ts';

export type NewCategory = { name: string; description?: string; parentId?: string | null };

/**
 * Creates a category.
 *
 * @param options `hasRoom`: this transaction has locked the tree and counted its categories
 * @throws AppError CATEGORY_NOT_FOUND if the parent does not exist, CATEGORY_NAME_TAKEN, CATEGORY_TOO_DEEP, TOO_MANY_CATEGORIES
 */
export async function createCategory(
  trx: Knex.Transaction,
  { name, description = '', parentId = null }: NewCategory,
  { hasRoom = false } = {},
): Promise<Category> {
  await lockCategoryTree(trx);
  if (!hasRoom) await requireRoom(trx);
  const id = newId();
  await requirePlace(trx, { id, parentId });
  const at = new Date().toISOString();
  await orNameTaken(insertRows(trx, categoriesTable, [{ id, name, description, parentId, createdAt: at, updatedAt: at }]));
  return readCategory(trx, id);
}
