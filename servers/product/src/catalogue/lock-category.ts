import { type IfMatch, requireMatch } from '@florin/http';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Category } from './category.ts';
import { readCategory } from './read-categories.ts';

/**
 * Locks a category for a change that `If-Match` allows.
 *
 * @throws AppError NOT_FOUND, or PRECONDITION_FAILED when a colleague has edited it since
 */
export async function lockCategory(trx: Knex.Transaction, id: string, { ifMatch }: { ifMatch: IfMatch }): Promise<Category> {
  await trx.raw('SELECT id FROM categories WHERE id = ? FOR UPDATE', [idBytes(id)]);
  const category = await readCategory(trx, id);
  requireMatch(ifMatch, category);
  return category;
}
