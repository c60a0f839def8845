import { AppError } from '@florin/app-response';
import { lockByIds, pickFields } from '@florin/database';
import type { Knex } from 'knex';
import { categoriesTable } from './category.ts';
import { categoryErrors } from './category-errors.ts';

/**
 * Locks categories for share, so that they exist until the transaction ends. Call it before any product is locked.
 *
 * @throws AppError CATEGORY_NOT_FOUND if a category does not exist
 */
export async function shareCategories(trx: Knex.Transaction, ids: readonly string[]): Promise<void> {
  const found = await findCategories(trx, ids);
  if (found.size === new Set(ids).size) return;
  throw new AppError(categoryErrors.CATEGORY_NOT_FOUND, {
    errors: [{ path: 'categoryId', message: 'there is no such category' }],
  });
}

/** Locks those of the categories that exist for share, in id order. */
export async function findCategories(trx: Knex.Transaction, ids: readonly string[]): Promise<Set<string>> {
  return new Set((await lockByIds(trx, idsTable, ids, { mode: 'share' })).keys());
}

const idsTable = pickFields(categoriesTable, ['id']);
