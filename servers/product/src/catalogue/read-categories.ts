import { AppError, requestErrors } from '@florin/app-response';
import {
  idValue,
  type Keyset,
  type NumberedPage,
  type NumberedPageRequest,
  numberedOrKeysetPage,
  type Page,
} from '@florin/pagination';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Category, type CategoryBranch, type CategoryRow, presentCategory } from './category.ts';

const columns = ['id', 'name', 'description', 'parent_id', 'version', 'created_at', 'updated_at'];

/** @throws AppError NOT_FOUND */
export async function readCategory(db: Knex, id: string): Promise<Category> {
  const row = (await db('categories')
    .where({ id: idBytes(id) })
    .first(...columns)) as CategoryRow | undefined;
  if (row === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no category ${id}.` });
  return presentCategory(row);
}

const oldestFirst: Keyset<CategoryRow> = {
  name: 'oldest',
  columns: [{ column: 'id', direction: 'asc', toSql: idValue }],
  keyOf: ({ id }) => [idText(id)],
};

export type CategoryFilter = {
  /** By the collation: case and accents do not matter. */
  name?: string;
  parentId?: string;
};

/** Oldest first. There are at most MAX_CATEGORIES, so names need no index. */
export function listCategories(
  db: Knex,
  { name, parentId, ...request }: CategoryFilter & NumberedPageRequest,
): Promise<Page<CategoryRow> | NumberedPage<CategoryRow>> {
  const query = db('categories').select(columns);
  if (name !== undefined) query.where({ name });
  if (parentId !== undefined) query.where({ parent_id: idBytes(parentId) });
  return numberedOrKeysetPage<CategoryRow>(query, oldestFirst, request);
}

/** All categories, each in its parent, by name. There are at most MAX_CATEGORIES. */
export async function readCategoryTree(db: Knex): Promise<CategoryBranch[]> {
  const rows = (await db('categories').select(columns).orderBy('name').orderBy('id')) as CategoryRow[];
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

/** Level by level: a recursive query makes temporary tables for what is often one row. */
const descendants = [1, 2, 3, 4].map((level) => `LEFT JOIN categories c${level} ON c${level}.parent_id = c${level - 1}.id`);

/** The category and all that is below it, of at most five levels; nothing where there is no such category. */
export async function readDescendants(db: Knex, id: string): Promise<Buffer[]> {
  const [rows] = (await db.raw(
    `SELECT c0.id AS id0, c1.id AS id1, c2.id AS id2, c3.id AS id3, c4.id AS id4
     FROM categories c0 ${descendants.join(' ')} WHERE c0.id = ?`,
    [idBytes(id)],
  )) as [Record<string, Buffer | null>[]];
  const found = new Map<string, Buffer>();
  for (const row of rows) for (const each of Object.values(row)) if (each !== null) found.set(each.toString('hex'), each);
  return [...found.values()];
}
