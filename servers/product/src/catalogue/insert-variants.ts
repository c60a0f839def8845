import { AppError } from '@florin/app-response';
import { idBytes, queryFirst } from '@florin/database';
import type { Knex } from 'knex';
import type { OptionValues } from '../stock/index.ts';
import { type InsertedProduct, insertProducts } from './insert-products.ts';
import { neededValues, orderedValues } from './option-values.ts';
import { type Product, type ProductFields, type SharedField, sharedFields } from './product.ts';
import { invalidField, MAX_VARIANTS, tooManyVariants, variantErrors } from './variant-errors.ts';

/** Absent fields: `priceMinor` and `status` are those of the parent. */
export type NewVariant = Partial<Omit<ProductFields, SharedField>> & {
  optionValues: OptionValues;
  /** Opening stock in units. */
  stock?: number;
  status?: Product['status'];
};

/**
 * Inserts variants of a product with options. Returns their ids in the order of `variants`.
 *
 * @param parent locked by this transaction, which every insertion of a variant does: so no variant is added after the count
 * @throws AppError TOO_MANY_VARIANTS, VARIANT_EXISTS, PARENT_NOT_ACTIVE, SKU_TAKEN, SLUG_TAKEN, VALIDATION_FAILED
 */
export async function insertVariants(trx: Knex.Transaction, parent: Product, variants: readonly NewVariant[]): Promise<string[]> {
  if (variants.length === 0) return [];
  const count = (await countVariants(trx, parent.id)) + variants.length;
  if (count > MAX_VARIANTS) throw tooManyVariants(count);
  const rows = variants.map((variant) => variantOf(parent, variant));
  return insertProducts(trx, rows, { currency: parent.currency });
}

function variantOf(parent: Product, { optionValues: given, status, ...fields }: NewVariant): InsertedProduct {
  const options = parent.options ?? [];
  const optionValues = orderedValues(options, given);
  if (optionValues === undefined) throw invalidField('optionValues', neededValues(options));
  if (status === 'active' && parent.status !== 'active') throw new AppError(variantErrors.PARENT_NOT_ACTIVE);
  return { priceMinor: parent.priceMinor, ...fields, ...inFamily(parent, status), optionValues };
}

/** What a new variant has from its parent. Without a status of its own it comes on sale with its parent. */
export function inFamily(parent: Product, status: Product['status'] | undefined) {
  const archivedWithParent = status === undefined && parent.status !== 'active';
  return { ...sharedOf(parent), parentId: parent.id, status: status ?? parent.status, archivedWithParent };
}

export function sharedOf(product: Product): Pick<Product, SharedField> {
  return Object.fromEntries(sharedFields.map((field) => [field, product[field]])) as Pick<Product, SharedField>;
}

async function countVariants(trx: Knex.Transaction, parentId: string): Promise<number> {
  const row = await queryFirst<{ found: number }>(trx, 'SELECT COUNT(*) AS found FROM products WHERE parent_id = ?', [
    idBytes(parentId),
  ]);
  return row?.found ?? 0;
}
