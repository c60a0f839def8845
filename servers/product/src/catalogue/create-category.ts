import { idBytes, newId } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Category } from './category.ts';
import { lockCategoryTree, requirePlace, requireRoom } from './category-tree.ts';
import { readCategory } from './read-categories.ts';

export type NewCategory = { name: string; description?: string; parentId?: string | null };

/** @throws AppError CATEGORY_NOT_FOUND when the parent does not exist, CATEGORY_TOO_DEEP, TOO_MANY_CATEGORIES */
export async function createCategory(
  trx: Knex.Transaction,
  { name, description = '', parentId = null }: NewCategory,
): Promise<Category> {
  const tree = await lockCategoryTree(trx);
  requireRoom(tree);
  const id = newId();
  requirePlace(tree, { id, parentId });
  const at = new Date();
  await trx.raw('INSERT INTO categories (id, name, description, parent_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)', [
    idBytes(id),
    name,
    description,
    parentId === null ? null : idBytes(parentId),
    at,
    at,
  ]);
  return readCategory(trx, id);
}
