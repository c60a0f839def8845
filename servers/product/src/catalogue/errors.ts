import { AppError, defineErrors } from '@florin/app-response';
import { isDuplicateKey } from '@florin/database';

export const productErrors = defineErrors({
  SKU_TAKEN: {
    status: 409,
    title: 'Another product has this SKU',
    meaning: 'Another product has this SKU, which is unique.',
    action: 'Choose another SKU, or change the other product.',
  },
});

/** @throws AppError SKU_TAKEN if another product has the SKU; other errors of the write unchanged */
export async function orSkuTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw isDuplicateKey(error, 'products_sku') ? new AppError(productErrors.SKU_TAKEN, { cause: error }) : error;
  }
}
