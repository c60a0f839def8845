import { AppError } from '@florin/app-response';
import { column, defineTable, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import { categoryErrors } from './category-errors.ts';

export const MAX_LEVELS = 5;
/** Bounds the tree, because changes and `tree=true` read all of it. */
export const MAX_CATEGORIES = 2_000;

/** One row. Every change of the tree locks it. */
export const categoryTreeTable = defineTable('category_tree', { id: column.integer('tinyint unsigned') });

/** The parent of each category; null at the top. */
export type CategoryTree = ReadonlyMap<string, string | null>;

/**
 * Locks the tree until the transaction ends, and reads it. Lock the tree before any category.
 *
 * Without the lock, two concurrent moves, each valid by itself, could together make a cycle or a sixth level.
 */
export async function lockCategoryTree(trx: Knex.Transaction): Promise<CategoryTree> {
  await trx.raw('SELECT id FROM category_tree WHERE id = 1 FOR UPDATE');
  const rows = await query<{ id: Buffer; parent_id: Buffer | null }>(trx, 'SELECT id, parent_id FROM categories');
  return new Map(rows.map(({ id, parent_id }) => [idText(id), parent_id === null ? null : idText(parent_id)]));
}

/**
 * Checks that the tree stays valid if a category gets this parent. Its subcategories move with it.
 *
 * @param id the id of a category of the tree, or of a new category
 * @throws AppError CATEGORY_NOT_FOUND, CATEGORY_CYCLE, CATEGORY_TOO_DEEP
 */
export function requirePlace(tree: CategoryTree, { id, parentId }: { id: string; parentId: string | null }): void {
  if (parentId === null) return;
  if (!tree.has(parentId)) throw noSuchParent();
  const above = [...ancestry(tree, parentId)];
  if (above.includes(id)) throw new AppError(categoryErrors.CATEGORY_CYCLE);
  const levels = above.length + levelsFrom(tree, id);
  if (levels > MAX_LEVELS) throw tooDeep(levels);
}

/** @throws AppError TOO_MANY_CATEGORIES if the tree has the maximum number of categories */
export function requireRoom(tree: CategoryTree): void {
  if (tree.size < MAX_CATEGORIES) return;
  throw new AppError(categoryErrors.TOO_MANY_CATEGORIES, { detail: `At most ${MAX_CATEGORIES} categories are allowed.` });
}

function tooDeep(levels: number): AppError {
  return new AppError(categoryErrors.CATEGORY_TOO_DEEP, {
    detail: `At most ${MAX_LEVELS} levels are allowed; the change would make ${levels}.`,
  });
}

function noSuchParent(): AppError {
  return new AppError(categoryErrors.CATEGORY_NOT_FOUND, {
    errors: [{ path: 'parentId', message: 'there is no such category' }],
  });
}

/** The category and its ancestors, up to the top. */
function* ancestry(tree: CategoryTree, id: string): Generator<string> {
  for (let at: string | null | undefined = id; at != null; at = tree.get(at)) yield at;
}

/** The number of levels of the category and its subcategories. */
function levelsFrom(tree: CategoryTree, id: string): number {
  let deepest = 1;
  for (const each of tree.keys()) {
    const level = [...ancestry(tree, each)].indexOf(id) + 1;
    deepest = Math.max(deepest, level);
  }
  return deepest;
}
