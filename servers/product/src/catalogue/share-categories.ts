import { AppError } from '@florin/app-response';
import { idBytes } from '@florin/runtime';
import type { Knex } from 'knex';
import { categoryErrors } from './category-errors.ts';

/**
 * Sees to it that these categories stay until the transaction ends. To be called before any product is locked.
 *
 * @throws AppError CATEGORY_NOT_FOUND when one does not exist
 */
export async function shareCategories(trx: Knex.Transaction, ids: readonly string[]): Promise<void> {
  const unique = [...new Set(ids)];
  const [rows] = (await trx.raw(
    `SELECT id FROM categories WHERE id IN (${unique.map(() => '?').join(', ')}) ORDER BY id LOCK IN SHARE MODE`,
    unique.map(idBytes),
  )) as [unknown[]];
  if (rows.length === unique.length) return;
  throw new AppError(categoryErrors.CATEGORY_NOT_FOUND, {
    errors: [{ path: 'categoryId', message: 'there is no such category' }],
  });
}
