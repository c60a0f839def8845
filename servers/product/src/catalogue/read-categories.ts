import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, idText, query, queryFirst } from '@florin/database';
import { type NumberedPage, type NumberedPageRequest, numberedOrKeysetPage, oldestById, type Page } from '@florin/pagination';
import type { Knex } from 'knex';
import { type Category, type CategoryBranch, type CategoryRow, categoriesTable, presentCategory } from './category.ts';
import { readPath } from './category-paths.ts';

/** @throws AppError NOT_FOUND */
export async function readCategory(db: Knex, id: string): Promise<Category> {
  const row = await queryFirst<CategoryRow>(db, `${selectCategories} WHERE id = ?`, [idBytes(id)]);
  if (row === undefined) throw categoryNotFound(id);
  return presentCategory(row);
}

export function categoryNotFound(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no category ${id}.` });
}

/** Maximum number of categories in one answer. */
export const MAX_IN_TREE = 2_000;

const selectCategories = `SELECT ${categoriesTable.list} FROM categories`;

export type CategoryFilter = {
  /** Compared with the collation, which ignores case and accents. */
  name?: string;
  parentId?: string;
  /** The names from the top to the category; `readPath` compares them without case. */
  path?: readonly string[];
};

/** Lists categories, oldest first. */
export async function listCategories(
  db: Knex,
  { name, parentId, path, ...request }: CategoryFilter & NumberedPageRequest,
): Promise<Page<CategoryRow> | NumberedPage<CategoryRow>> {
  const found = db('categories').select(categoriesTable.cells.map(({ column }) => column));
  if (name !== undefined) found.where({ name });
  if (parentId !== undefined) found.where({ parent_id: idBytes(parentId) });
  if (path !== undefined) found.where({ id: (await readPath(db, path)) ?? null });
  return numberedOrKeysetPage<CategoryRow>(found, oldestById, request);
}

/**
 * Reads all categories as a tree, sorted by name.
 *
 * @throws AppError VALIDATION_FAILED if there are more categories than `MAX_IN_TREE`, which bounds the answer
 */
export async function readCategoryTree(db: Knex): Promise<CategoryBranch[]> {
  // Otherwise the servers sort all categories to read a tenth of them.
  const sql = `${selectCategories} FORCE INDEX (categories_name) ORDER BY name, id LIMIT ?`;
  const rows = await query<CategoryRow>(db, sql, [MAX_IN_TREE + 1]);
  if (rows.length > MAX_IN_TREE) throw treeTooLarge();
  const branches = new Map<string, CategoryBranch>(
    rows.map((row) => [idText(row.id), { ...presentCategory(row), children: [] }]),
  );
  const top: CategoryBranch[] = [];
  for (const branch of branches.values()) {
    const parent = branch.parentId === null ? undefined : branches.get(branch.parentId);
    (parent?.children ?? top).push(branch);
  }
  return top;
}

function treeTooLarge(): AppError {
  const message = `there are more than ${MAX_IN_TREE} categories: list them by parentId`;
  return new AppError(requestErrors.VALIDATION_FAILED, { errors: [{ path: 'tree', message }] });
}

/**
 * Reads the ids of a category and its subcategories. Empty if the category does not exist.
 *
 * @returns at most `max` + 1 ids, so that a caller sees that there are more than `max`
 */
export async function readDescendants(db: Knex, id: string, { max }: { max: number }): Promise<Buffer[]> {
  const rows = await query<{ descendant_id: Buffer }>(
    db,
    'SELECT descendant_id FROM category_ancestors WHERE ancestor_id = ? LIMIT ?',
    [idBytes(id), max + 1],
  );
  return rows.map(({ descendant_id }) => descendant_id);
}
