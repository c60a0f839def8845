import { AppError, requestErrors } from '@florin/app-response';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Category } from './category.ts';
import { readCategory } from './read-categories.ts';

/**
 * Locks a category for a change by who has read this version of it.
 *
 * @throws AppError NOT_FOUND, or PRECONDITION_FAILED when a colleague has edited it since
 */
export async function lockCategory(trx: Knex.Transaction, id: string, options: { version: number }): Promise<Category> {
  await trx.raw('SELECT id FROM categories WHERE id = ? FOR UPDATE', [idBytes(id)]);
  const category = await readCategory(trx, id);
  if (category.version !== options.version) throw new AppError(requestErrors.PRECONDITION_FAILED);
  return category;
}
