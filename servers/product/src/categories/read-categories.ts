import { AppError, requestErrors } from '@florin/app-response';
import { idValue, type Keyset, keysetPage, type Page, type PageRequest } from '@florin/pagination';
import { idBytes, idText } from '@florin/runtime';
import type { Knex } from 'knex';
import { type Category, type CategoryRow, presentCategory } from './category.ts';

const columns = ['id', 'name', 'description', 'parent_id', 'version', 'created_at', 'updated_at'];

export async function findCategory(db: Knex, id: string): Promise<Category | undefined> {
  const row = (await db('categories')
    .where({ id: idBytes(id) })
    .first(...columns)) as CategoryRow | undefined;
  return row === undefined ? undefined : presentCategory(row);
}

/** @throws AppError NOT_FOUND */
export async function readCategory(db: Knex, id: string): Promise<Category> {
  const category = await findCategory(db, id);
  if (category === undefined) throw new AppError(requestErrors.NOT_FOUND, { detail: `There is no category ${id}.` });
  return category;
}

const oldestFirst: Keyset<CategoryRow> = {
  name: 'oldest',
  columns: [{ column: 'id', direction: 'asc', toSql: idValue }],
  keyOf: ({ id }) => [idText(id)],
};

export function listCategories(db: Knex, request: PageRequest): Promise<Page<CategoryRow>> {
  return keysetPage<CategoryRow>(db('categories').select(columns), oldestFirst, request);
}
