import { isDeepStrictEqual } from 'node:util';
import { idBytes, idText, lockByIds, query } from '@florin/database';
import type { Knex } from 'knex';
import { productsTable } from '../stock/index.ts';
import { sharedOf } from './insert-variants.ts';
import { type Product, productOf, sharedFields } from './product.ts';
import { type ProductEdit, updateProducts } from './update-products.ts';

/**
 * Writes edited products, and what their variants have from them: the shared fields, and the status. Variants leave the sale with
 * their product. Those that were on sale until then come back with it.
 *
 * @throws AppError SKU_TAKEN, SLUG_TAKEN, VARIANT_EXISTS
 */
export async function writeEdits(
  trx: Knex.Transaction,
  edits: readonly ProductEdit[],
  options: { reservedSlugs?: ReadonlySet<string> } = {},
): Promise<void> {
  const own = edits.map(({ before, after }) => ({
    before,
    after: before.status === after.status ? after : { ...after, archivedWithParent: false },
  }));
  const followers = await followersOf(trx, edits.filter(isFollowed));
  if (own.length > 0) await updateProducts(trx, [...own, ...followers], options);
}

function isFollowed({ before, after }: ProductEdit): boolean {
  if (after.options === null) return false;
  return before.status !== after.status || sharedFields.some((field) => !isDeepStrictEqual(before[field], after[field]));
}

async function followersOf(trx: Knex.Transaction, edits: readonly ProductEdit[]): Promise<ProductEdit[]> {
  if (edits.length === 0) return [];
  const parents = new Map(edits.map((edit) => [edit.after.id, edit]));
  const ids = await query<{ id: Buffer }>(trx, 'SELECT id FROM products WHERE parent_id IN (?)', [
    [...parents.keys()].map(idBytes),
  ]);
  const variants = await lockByIds(
    trx,
    productsTable,
    ids.map(({ id }) => idText(id)),
  );
  return [...variants.values()].map(productOf).flatMap((before) => {
    const parent = parents.get(before.parentId ?? '');
    return parent === undefined ? [] : { before, after: follow(before, parent) };
  });
}

function follow(variant: Product, { before, after }: ProductEdit): Product {
  const followed = { ...variant, ...sharedOf(after) };
  const { status } = after;
  const isWithParent = variant.archivedWithParent || variant.status === 'active';
  if (before.status === status || !isWithParent) return followed;
  return { ...followed, status, archivedWithParent: status !== 'active' };
}
