import { defineErrors } from '@florin/app-response';

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
});
