import { AppError, requestErrors } from '@florin/app-response';
import { idBytes, idText, query, queryFirst } from '@florin/database';
import { type NumberedPage, type NumberedPageRequest, numberedOrKeysetPage, oldestById, type Page } from '@florin/pagination';
import type { Knex } from 'knex';
import { type Category, type CategoryBranch, type CategoryRow, categoriesTable, presentCategory } from './category.ts';

/** @throws AppError NOT_FOUND */
export async function readCategory(db: Knex, id: string): Promise<Category> {
  const row = await queryFirst<CategoryRow>(db, `${selectCategories} WHERE id = ?`, [idBytes(id)]);
  if (row === undefined) throw categoryNotFound(id);
  return presentCategory(row);
}

export function categoryNotFound(id: string): AppError {
  return new AppError(requestErrors.NOT_FOUND, { detail: `There is no category ${id}.` });
}

const selectCategories = `SELECT ${categoriesTable.list} FROM categories`;

export type CategoryFilter = {
  /** Compared with the collation, which ignores case and accents. */
  name?: string;
  parentId?: string;
};

/** Lists categories, oldest first. MAX_CATEGORIES bounds the table, so names need no index. */
export function listCategories(
  db: Knex,
  { name, parentId, ...request }: CategoryFilter & NumberedPageRequest,
): Promise<Page<CategoryRow> | NumberedPage<CategoryRow>> {
  const found = db('categories').select(categoriesTable.cells.map(({ column }) => column));
  if (name !== undefined) found.where({ name });
  if (parentId !== undefined) found.where({ parent_id: idBytes(parentId) });
  return numberedOrKeysetPage<CategoryRow>(found, oldestById, request);
}

/** Reads all categories as a tree, sorted by name. MAX_CATEGORIES bounds its size. */
export async function readCategoryTree(db: Knex): Promise<CategoryBranch[]> {
  const rows = await query<CategoryRow>(db, `${selectCategories} ORDER BY name, id`);
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

/** One join per level: a recursive query makes temporary tables, and most categories have no subcategories. */
const descendants = [1, 2, 3, 4].map((level) => `LEFT JOIN categories c${level} ON c${level}.parent_id = c${level - 1}.id`);

/** Reads the ids of a category and its subcategories, at most five levels. Empty if the category does not exist. */
export async function readDescendants(db: Knex, id: string): Promise<Buffer[]> {
  const rows = await query<Record<string, Buffer | null>>(
    db,
    `SELECT c0.id AS id0, c1.id AS id1, c2.id AS id2, c3.id AS id3, c4.id AS id4
     FROM categories c0 ${descendants.join(' ')} WHERE c0.id = ?`,
    [idBytes(id)],
  );
  const found = new Map<string, Buffer>();
  for (const row of rows) for (const each of Object.values(row)) if (each !== null) found.set(each.toString('hex'), each);
  return [...found.values()];
}
