import { AppError } from '@florin/app-response';
import { type IfMatch, requireMatch } from '@florin/http';
import { appendAuditEntry } from '@florin/runtime';
import type { Knex } from 'knex';
import type { OptionValues } from '../stock/index.ts';
import { insertProducts } from './insert-products.ts';
import { insertVariants, type NewVariant, sharedOf } from './insert-variants.ts';
import { lockProduct } from './lock-product.ts';
import { neededValues, orderedValues } from './option-values.ts';
import { readProduct } from './read-product.ts';
import { updateProducts } from './update-products.ts';
import { invalidField, variantErrors } from './variant-errors.ts';

export type GivenOptions = {
  options: string[];
  /** The values of the existing product. */
  optionValues: OptionValues;
  variants?: NewVariant[];
};

/**
 * Gives options to a product that is sold. It becomes the first variant and keeps its id, SKU, price, stock and movements, so carts
 * and purchases stay valid. A new product with its name, texts and images becomes the parent. Returns the id of the parent.
 *
 * A purchase in flight holds the lock of the product, or waits for it: it buys the same row before and after.
 *
 * @throws AppError NOT_FOUND, PRECONDITION_FAILED, PRODUCT_HAS_OPTIONS, and the errors of `insertVariants`
 */
export async function giveOptions(
  trx: Knex.Transaction,
  id: string,
  { ifMatch, given, by }: { ifMatch: IfMatch; given: GivenOptions; by: string },
): Promise<string> {
  const product = await lockProduct(trx, id);
  if (product.options !== null || product.parentId !== null) throw new AppError(variantErrors.PRODUCT_HAS_OPTIONS);
  requireMatch(ifMatch, product);
  const optionValues = orderedValues(given.options, given.optionValues);
  if (optionValues === undefined) throw invalidField('optionValues', neededValues(given.options));
  const parent = { ...sharedOf(product), priceMinor: product.priceMinor, images: product.images, status: product.status };
  const [parentId = ''] = await insertProducts(trx, [{ ...parent, options: given.options }], { currency: product.currency });
  const family = { parentId, optionValues, archivedWithParent: product.status !== 'active' };
  await updateProducts(trx, [{ before: product, after: { ...product, ...family } }]);
  await insertVariants(trx, await readProduct(trx, parentId), given.variants ?? []);
  const after = { parentId, options: given.options, optionValues };
  await appendAuditEntry(trx, { actorId: by, action: 'product.give-options', subject: id, after });
  return parentId;
}
