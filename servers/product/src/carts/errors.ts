import { defineErrors } from '@florin/app-response';

export const cartErrors = defineErrors({
  CART_EMPTY: {
    status: 409,
    title: 'The cart is empty',
    meaning: 'The cart has no items, or a checkout in another window has just bought them.',
    action: 'Read the purchases, then put items into the cart.',
  },
  CART_FULL: {
    status: 409,
    title: 'The cart is full',
    meaning: 'The cart has the maximum number of different products.',
    action: 'Remove an item, or buy the cart first.',
  },
});
