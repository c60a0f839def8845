import { defineErrors } from '@florin/app-response';

export const purchaseErrors = defineErrors({
  PRODUCT_NOT_FOUND: { status: 404, title: 'There is no such product' },
  PRODUCT_ARCHIVED: { status: 409, title: 'The product is no longer sold' },
  PRODUCT_CURRENCY_UNKNOWN: { status: 409, title: 'The product is priced in an unknown currency' },
  PRODUCT_OUT_OF_STOCK: { status: 409, title: 'There are not enough of the product left' },
  PURCHASE_TOO_LARGE: { status: 422, title: 'The purchase has too many items or too much text' },
  WALLET_NOT_READY: { status: 409, title: 'Your wallet is being opened; try again in a moment' },
  INVALID_TRANSITION: { status: 409, title: "Not allowed in the purchase's current status" },
});
