import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@florin/app-response';
import type { Family } from './lock-family.ts';
import { type Merged, mergeProduct, type ProductChanges } from './merge-product.ts';
import { isSameList, neededValues, orderedValues } from './option-values.ts';
import { type Product, sharedFields } from './product.ts';
import { invalidField, variantErrors } from './variant-errors.ts';

/**
 * Applies changes to a product, to a product with options or to a variant. Pure.
 *
 * @throws AppError VALIDATION_FAILED, OPTION_IN_USE, PRODUCT_HAS_NO_OPTIONS, PARENT_NOT_ACTIVE
 */
export function applyChanges({ product, parent, variants }: Family, changes: ProductChanges): Merged<Product> {
  if (parent !== undefined) return mergeProduct(product, changesOfVariant({ product, parent }, changes));
  const { options, optionValues } = changes;
  if (product.options === null) {
    if ((options ?? optionValues) !== undefined) throw new AppError(variantErrors.PRODUCT_HAS_NO_OPTIONS);
    return mergeProduct(product, changes);
  }
  if (optionValues !== undefined) throw invalidField('optionValues', 'belongs to the variants');
  const isChange = options !== undefined && !isSameList(options, product.options);
  if (isChange && variants > 0) throw new AppError(variantErrors.OPTION_IN_USE);
  return mergeProduct(product, changes);
}

type Variant = { product: Product; parent: Product };

function changesOfVariant({ product, parent }: Variant, changes: ProductChanges): ProductChanges {
  const { options, optionValues, status } = changes;
  if (options !== undefined) throw invalidField('options', `belongs to the product ${parent.id}`);
  const shared = sharedFields.find((field) => changes[field] !== undefined && !isDeepStrictEqual(changes[field], parent[field]));
  if (shared !== undefined) throw invalidField(shared, `belongs to the product ${parent.id}`);
  if (status === 'active' && product.status !== 'active' && parent.status !== 'active')
    throw new AppError(variantErrors.PARENT_NOT_ACTIVE);
  if (optionValues === undefined) return changes;
  const ordered = orderedValues(parent.options ?? [], optionValues);
  if (ordered === undefined) throw invalidField('optionValues', neededValues(parent.options ?? []));
  return { ...changes, optionValues: ordered };
}
