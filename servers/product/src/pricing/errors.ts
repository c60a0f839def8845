import { AppError, defineErrors, extensions, requestErrors } from '@florin/app-response';

/** The errors of items that cannot be bought. */
export const orderErrors = defineErrors({
  PRODUCT_NOT_FOUND: {
    status: 404,
    title: 'Product not found',
    meaning: 'The request names a product that does not exist.',
    action: 'Remove the product `productId` from the request.',
    extensions: { productId: extensions.productId },
  },
  PRODUCT_ARCHIVED: {
    status: 409,
    title: 'The product is archived',
    meaning: 'The product is no longer sold.',
    action: 'Remove the product `productId` from the request.',
    extensions: { productId: extensions.productId },
  },
  PRODUCT_CURRENCY_UNKNOWN: {
    status: 409,
    title: "The product's currency is unknown",
    meaning: 'The product is priced in a currency that ISO 4217 does not have.',
    action: 'Ask staff to change the currency of the product.',
  },
  PRODUCT_OUT_OF_STOCK: {
    status: 409,
    title: 'Not enough stock',
    meaning: 'The request asks for more units than the product has in stock.',
    action: 'Ask for at most `available` units of `productId`, or remove it.',
    extensions: { productId: extensions.productId, available: extensions.available },
  },
});

export function invalidItems(message: string): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, { errors: [{ path: 'items', message }] });
}
