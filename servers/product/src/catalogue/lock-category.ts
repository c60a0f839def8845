import { lockById } from '@florin/database';
import { type IfMatch, requireMatch } from '@florin/http';
import type { Knex } from 'knex';
import { type Category, categoriesTable } from './category.ts';
import { categoryNotFound } from './read-categories.ts';

/**
 * Locks a category for a change and checks `If-Match`.
 *
 * @throws AppError NOT_FOUND, or PRECONDITION_FAILED if the category's version is not that of `ifMatch`
 */
export async function lockCategory(trx: Knex.Transaction, id: string, { ifMatch }: { ifMatch: IfMatch }): Promise<Category> {
  const category = await lockById(trx, categoriesTable, id);
  if (category === undefined) throw categoryNotFound(id);
  requireMatch(ifMatch, category);
  return category;
}
