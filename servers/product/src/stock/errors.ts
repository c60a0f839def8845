import { AppError, defineErrors, extensions } from '@florin/app-response';

export const stockErrors = defineErrors({
  STOCK_BELOW_ZERO: {
    status: 409,
    title: 'Stock would fall below zero',
    meaning: 'The movement would take more units than there are, or more units were sold after the count than it found.',
    action: 'Read the stock again and take at most that, or count again.',
  },
  COUNT_TOO_OLD: {
    status: 409,
    title: 'Too many movements since the count',
    meaning: 'The product has more movements after `countedAt` than are added up.',
    action: 'Count again.',
  },
  STOCK_TOO_HIGH: {
    status: 409,
    title: 'Stock would exceed its maximum',
    meaning: 'The stock would be larger than its maximum.',
    action: 'Add fewer units.',
  },
  VARIANT_REQUIRED: {
    status: 409,
    title: 'The product has variants',
    meaning: 'The product has options. Its variants have stock and are sold; the product itself is not.',
    action: 'Read the product `productId` and send the id of one of its `variants`.',
    extensions: { productId: extensions.productId },
  },
});

/** The error for a product with options where only a variant can be used. */
export function variantRequired({ id, name }: { id: string; name: string }): AppError {
  return new AppError(stockErrors.VARIANT_REQUIRED, {
    detail: `${name} has variants: choose one.`,
    extensions: { productId: id },
  });
}
