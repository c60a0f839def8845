import { AppError } from '@florin/app-response';
import { column, defineTable, idBytes, idText, query, queryOne } from '@florin/database';
import type { Knex } from 'knex';
import { categoryErrors } from './category-errors.ts';

export const MAX_LEVELS = 10;
export const MAX_CATEGORIES = 20_000;

/** One row. Every change of the tree locks it. */
export const categoryTreeTable = defineTable('category_tree', { id: column.integer('tinyint unsigned') });

/**
 * Each category with itself (distance 0) and with each category above it. Triggers of `categories` write it, also for instances of the
 * release before.
 */
export const categoryAncestorsTable = defineTable('category_ancestors', {
  ancestorId: column.id(),
  descendantId: column.id(),
  distance: column.integer('tinyint unsigned'),
});

/**
 * Locks the tree until the transaction ends. Lock it before any category.
 *
 * Without the lock, two concurrent moves, each valid by itself, could together make a cycle or too many levels.
 */
export async function lockCategoryTree(trx: Knex.Transaction): Promise<void> {
  await trx.raw('SELECT id FROM category_tree WHERE id = 1 FOR UPDATE');
}

type Place = { id: string; parentId: string | null };

/**
 * Checks that the locked tree stays valid if a category gets this parent. Its subcategories move with it.
 *
 * @param place the id of a category of the tree, or of a new category, and its new parent
 * @throws AppError CATEGORY_NOT_FOUND, CATEGORY_CYCLE, CATEGORY_TOO_DEEP
 */
export async function requirePlace(trx: Knex.Transaction, { id, parentId }: Place): Promise<void> {
  if (parentId === null) return;
  const above = await readAncestors(trx, parentId);
  if (above.length === 0) throw noSuchParent();
  if (above.includes(id)) throw new AppError(categoryErrors.CATEGORY_CYCLE);
  const levels = above.length + (await countLevels(trx, id));
  if (levels > MAX_LEVELS) throw tooDeep(levels);
}

/**
 * Checks that the locked tree may have one category more.
 *
 * @throws AppError TOO_MANY_CATEGORIES
 */
export async function requireRoom(trx: Knex.Transaction): Promise<void> {
  if ((await readRoom(trx)) < 1) throw tooManyCategories();
}

/** Counts the categories that the locked tree may have more. Reads an entry of each category. */
export async function readRoom(trx: Knex.Transaction): Promise<number> {
  const { categories } = await queryOne<{ categories: number }>(trx, 'SELECT COUNT(*) AS categories FROM categories');
  return MAX_CATEGORIES - categories;
}

export function tooManyCategories(): AppError {
  return new AppError(categoryErrors.TOO_MANY_CATEGORIES, { detail: `At most ${MAX_CATEGORIES} categories are allowed.` });
}

/** The ids of a category and of those above it; none if it does not exist. */
async function readAncestors(trx: Knex.Transaction, id: string): Promise<string[]> {
  const rows = await query<{ ancestor_id: Buffer }>(
    trx,
    'SELECT ancestor_id FROM category_ancestors WHERE descendant_id = ? ORDER BY distance',
    [idBytes(id)],
  );
  return rows.map(({ ancestor_id }) => idText(ancestor_id));
}

/** The number of levels of a category and its subcategories: 1 for a new category. */
async function countLevels(trx: Knex.Transaction, id: string): Promise<number> {
  const { deepest } = await queryOne<{ deepest: number | null }>(
    trx,
    'SELECT MAX(distance) AS deepest FROM category_ancestors WHERE ancestor_id = ?',
    [idBytes(id)],
  );
  return (deepest ?? 0) + 1;
}

export function tooDeep(levels: number): AppError {
  return new AppError(categoryErrors.CATEGORY_TOO_DEEP, {
    detail: `At most ${MAX_LEVELS} levels are allowed; the change would make ${levels}.`,
  });
}

function noSuchParent(): AppError {
  return new AppError(categoryErrors.CATEGORY_NOT_FOUND, {
    errors: [{ path: 'parentId', message: 'there is no such category' }],
  });
}
