import { omitFields, updateByKey } from '@florin/database';
import type { IfMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Category, categoriesTable } from './category.ts';
import { orNameTaken } from './category-errors.ts';
import { lockCategoryTree, requirePlace } from './category-tree.ts';
import { lockCategory } from './lock-category.ts';
import { readCategory } from './read-categories.ts';

/** Absent fields stay unchanged; `parentId: null` moves a category to the top. */
export type CategoryChanges = Partial<Pick<Category, 'name' | 'description' | 'parentId'>>;

const editedTable = omitFields(categoriesTable, ['version', 'createdAt']);

type Edit = { id: string; ifMatch: IfMatch; changes: CategoryChanges; by: string };

/**
 * Changes a category, or moves it with its subcategories.
 *
 * @throws AppError NOT_FOUND, PRECONDITION_FAILED, CATEGORY_NOT_FOUND, CATEGORY_NAME_TAKEN, CATEGORY_CYCLE, CATEGORY_TOO_DEEP
 */
export async function editCategory(trx: Knex.Transaction, { id, ifMatch, changes, by }: Edit): Promise<Category> {
  const isMove = changes.parentId !== undefined;
  if (isMove) await lockCategoryTree(trx);
  const before = await lockCategory(trx, id, { ifMatch });
  const edited = { ...before, ...changes, updatedAt: new Date().toISOString() };
  if (isMove) await requirePlace(trx, edited);
  await orNameTaken(updateByKey(trx, editedTable, [edited], { set: 'categories.version = categories.version + 1' }));
  const after = await readCategory(trx, id);
  await appendAuditEntry(trx, { actorId: by, action: 'category.edit', subject: after.id, before, after });
  return after;
}
