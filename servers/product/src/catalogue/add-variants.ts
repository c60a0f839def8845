import { AppError } from '@florin/app-response';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import { insertVariants, type NewVariant } from './insert-variants.ts';
import { lockProduct } from './lock-product.ts';
import { variantErrors } from './variant-errors.ts';

/**
 * Adds variants to a product with options, all or none. Returns their ids.
 *
 * @throws AppError NOT_FOUND, PRODUCT_HAS_NO_OPTIONS, and the errors of `insertVariants`
 */
export async function addVariants(
  trx: Knex.Transaction,
  parentId: string,
  { variants, by }: { variants: readonly NewVariant[]; by: string },
): Promise<string[]> {
  const parent = await lockProduct(trx, parentId);
  if (parent.options === null) throw new AppError(variantErrors.PRODUCT_HAS_NO_OPTIONS);
  const ids = await insertVariants(trx, parent, variants);
  await appendAuditEntry(trx, { actorId: by, action: 'product.add-variants', subject: parentId, after: { variants: ids } });
  return ids;
}
