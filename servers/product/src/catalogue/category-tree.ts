import { AppError } from '@florin/app-response';
import { column, defineTable, idText, query } from '@florin/database';
import type { Knex } from 'knex';
import { categoryErrors } from './category-errors.ts';

export const MAX_LEVELS = 5;
/** The whole tree is read where it is changed and where it is shown. */
export const MAX_CATEGORIES = 2_000;

/** One row, which whoever changes the tree locks. */
export const categoryTreeTable = defineTable('category_tree', { id: column.integer('tinyint unsigned') });

/** Each category's parent, null for those at the top. */
export type CategoryTree = ReadonlyMap<string, string | null>;

/**
 * Reads the tree, which nobody else changes until this transaction ends. To be taken before any category's own lock.
 *
 * Two moves at once, each right by itself, could otherwise make a circle or go too deep together.
 */
export async function lockCategoryTree(trx: Knex.Transaction): Promise<CategoryTree> {
  await trx.raw('SELECT id FROM category_tree WHERE id = 1 FOR UPDATE');
  const rows = await query<{ id: Buffer; parent_id: Buffer | null }>(trx, 'SELECT id, parent_id FROM categories');
  return new Map(rows.map(({ id, parent_id }) => [idText(id), parent_id === null ? null : idText(parent_id)]));
}

/**
 * Whether the tree stays one when this category, with all that is below it, comes under that parent.
 *
 * @param id of a category that is in the tree, or of a new one
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

/** @throws AppError TOO_MANY_CATEGORIES when there is no room for one more */
export function requireRoom(tree: CategoryTree): void {
  if (tree.size < MAX_CATEGORIES) return;
  throw new AppError(categoryErrors.TOO_MANY_CATEGORIES, { detail: `At most ${MAX_CATEGORIES} categories are allowed.` });
}

function tooDeep(levels: number): AppError {
  return new AppError(categoryErrors.CATEGORY_TOO_DEEP, {
    detail: `At most ${MAX_LEVELS} levels are allowed; this would make ${levels}.`,
  });
}

function noSuchParent(): AppError {
  return new AppError(categoryErrors.CATEGORY_NOT_FOUND, {
    errors: [{ path: 'parentId', message: 'there is no such category' }],
  });
}

/** The category and all that it is in, up to the top. */
function* ancestry(tree: CategoryTree, id: string): Generator<string> {
  for (let at: string | null | undefined = id; at != null; at = tree.get(at)) yield at;
}

/** How many levels the category and what is below it take. */
function levelsFrom(tree: CategoryTree, id: string): number {
  let deepest = 1;
  for (const each of tree.keys()) {
    const level = [...ancestry(tree, each)].indexOf(id) + 1;
    deepest = Math.max(deepest, level);
  }
  return deepest;
}
