import { defineErrors } from '@florin/app-response';

export const stockErrors = defineErrors({
  STOCK_BELOW_ZERO: { status: 409, title: 'There is not so much of the product' },
  STOCK_TOO_HIGH: { status: 409, title: 'There would be more of the product than can be counted' },
});
