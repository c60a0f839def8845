export { fillCart } from './change-cart.ts';
export { emptyCarts, eraseCarts } from './empty-carts.ts';
export { cartErrors } from './errors.ts';
export { cartInvariants } from './invariants.ts';
export { type Cart, lockCarts, readCarts } from './lock-cart.ts';
export { type CartOptions, filledCartSchema, showCart } from './show-cart.ts';
