import { defineErrors } from '@florin/app-response';

export const stockErrors = defineErrors({
  STOCK_BELOW_ZERO: {
    status: 409,
    title: 'Stock would fall below zero',
    meaning: 'The movement would take more units than there are.',
    action: 'Read the stock again and take at most that.',
  },
  STOCK_TOO_HIGH: {
    status: 409,
    title: 'Stock would exceed its maximum',
    meaning: 'The stock would be larger than its maximum.',
    action: 'Add fewer units.',
  },
});
