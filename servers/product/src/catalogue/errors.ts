import { AppError, defineErrors } from '@florin/app-response';
import { isDuplicateKey } from '@florin/database';
import { variantErrors } from './variant-errors.ts';

export const productErrors = defineErrors({
  SKU_TAKEN: {
    status: 409,
    title: 'Another product has this SKU',
    meaning: 'Another product has this SKU, which is unique.',
    action: 'Choose another SKU, or change the other product.',
  },
  SLUG_TAKEN: {
    status: 409,
    title: 'Another product has this slug',
    meaning: 'Another product has this slug, which is unique.',
    action: 'Choose another slug, or leave it out: one is made from the name.',
  },
});

/** @throws AppError SKU_TAKEN, SLUG_TAKEN or VARIANT_EXISTS if another product has it; other errors of the write unchanged */
export async function orTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (cause) {
    if (isDuplicateKey(cause, 'products_sku')) throw new AppError(productErrors.SKU_TAKEN, { cause });
    if (isDuplicateKey(cause, 'products_slug')) throw new AppError(productErrors.SLUG_TAKEN, { cause });
    if (isDuplicateKey(cause, 'products_combination')) throw new AppError(variantErrors.VARIANT_EXISTS, { cause });
    throw cause;
  }
}

/** Whether a concurrent transaction took a slug first. If the client gave none, a retry makes another one. */
export function isSlugTaken(error: unknown): boolean {
  return error instanceof AppError && error.code === productErrors.SLUG_TAKEN.code;
}
