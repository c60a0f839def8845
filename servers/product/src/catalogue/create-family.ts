import type { Knex } from 'knex';
import { createProducts } from './create-products.ts';
import type { NewProduct, ProductDefaults } from './insert-products.ts';
import { insertVariants, type NewVariant } from './insert-variants.ts';
import { readProduct } from './read-product.ts';
import { invalidField } from './variant-errors.ts';

export type NewFamily = NewProduct & { variants?: NewVariant[] };

/**
 * Creates a product; one with options with its variants, all or nothing. Returns its id.
 *
 * @throws AppError the errors of `createProducts` and `insertVariants`, VALIDATION_FAILED for variants or stock where it cannot be
 */
export async function createFamily(
  trx: Knex.Transaction,
  { variants, ...product }: NewFamily,
  options: ProductDefaults,
): Promise<string> {
  const isParent = product.options !== undefined;
  if (!isParent && variants !== undefined) throw invalidField('variants', 'needs options');
  if (isParent && (product.stock ?? 0) > 0) throw invalidField('stock', 'belongs to the variants');
  const [id = ''] = await createProducts(trx, [product], options);
  if (isParent) await insertVariants(trx, await readProduct(trx, id), variants ?? []);
  return id;
}
