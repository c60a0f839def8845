import { defineErrors } from '@florin/app-response';

export const purchaseErrors = defineErrors({
  PRODUCT_NOT_FOUND: { status: 404, title: 'Product not found' },
  PRODUCT_ARCHIVED: { status: 409, title: 'The product is archived' },
  PRODUCT_CURRENCY_UNKNOWN: { status: 409, title: "The product's currency is unknown" },
  PRODUCT_OUT_OF_STOCK: { status: 409, title: 'Not enough stock' },
  PURCHASE_TOO_LARGE: { status: 422, title: 'The purchase has too many items or too much text' },
  WALLET_NOT_READY: { status: 409, title: 'The wallet is not open yet; try again' },
});
