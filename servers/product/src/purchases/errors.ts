import { defineErrors } from '@florin/app-response';

export const purchaseErrors = defineErrors({
  CURRENCY_MISMATCH: { status: 409, title: 'No wallet has the currency of the purchase' },
  DAILY_LIMIT_EXCEEDED: { status: 409, title: 'The purchase exceeds the daily limit' },
  INSUFFICIENT_FUNDS: { status: 409, title: 'The wallet does not cover the purchase' },
  PRODUCT_NOT_FOUND: { status: 404, title: 'Product not found' },
  PRODUCT_ARCHIVED: { status: 409, title: 'The product is archived' },
  PRODUCT_CURRENCY_UNKNOWN: { status: 409, title: "The product's currency is unknown" },
  PRODUCT_OUT_OF_STOCK: { status: 409, title: 'Not enough stock' },
  PURCHASE_TOO_LARGE: { status: 422, title: 'The purchase has too many items or too much text' },
  SPEND_LIMIT_EXCEEDED: { status: 409, title: 'The purchase exceeds the spend limit' },
  TOO_MANY_UNDECIDED: { status: 429, title: 'Too many purchases are undecided' },
  WALLET_FROZEN: { status: 409, title: 'The wallet is frozen' },
  WALLET_NOT_READY: { status: 409, title: 'The wallet is not open yet; try again' },
});
