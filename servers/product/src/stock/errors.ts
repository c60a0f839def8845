import { defineErrors } from '@florin/app-response';

export const stockErrors = defineErrors({
  STOCK_BELOW_ZERO: { status: 409, title: 'Stock would fall below zero' },
  STOCK_TOO_HIGH: { status: 409, title: 'Stock would exceed its maximum' },
});
