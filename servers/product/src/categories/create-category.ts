import { AppError } from '@florin/app-response';
import { idBytes, newId } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Category } from './category.ts';
import { categoryErrors } from './errors.ts';
import { findCategory } from './read-categories.ts';

export type NewCategory = { name: string; description?: string; parentId?: string };

/** @throws AppError CATEGORY_NOT_FOUND when the parent does not exist */
export async function createCategory(
  trx: Knex.Transaction,
  { name, description = '', parentId }: NewCategory,
): Promise<Category> {
  if (parentId !== undefined && (await findCategory(trx, parentId)) === undefined) {
    throw new AppError(categoryErrors.CATEGORY_NOT_FOUND, {
      errors: [{ path: 'parentId', message: 'there is no such category' }],
    });
  }
  const id = newId();
  const at = new Date();
  await trx.raw('INSERT INTO categories (id, name, description, parent_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)', [
    idBytes(id),
    name,
    description,
    parentId === undefined ? null : idBytes(parentId),
    at,
    at,
  ]);
  return {
    id,
    name,
    description,
    parentId: parentId ?? null,
    version: 1,
    createdAt: at.toISOString(),
    updatedAt: at.toISOString(),
  };
}
