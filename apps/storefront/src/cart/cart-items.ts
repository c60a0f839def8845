import { MAX_CART_ITEMS } from './guest-cart.ts';

/** The guest's cart has room for no further product. */
export class CartFull extends Error {
  override readonly name = 'CartFull';

  constructor() {
    super(`The cart has ${MAX_CART_ITEMS} different products`);
  }
}

/** Units of all items. */
export function unitsOf(items: readonly { quantity: number }[]): number {
  return items.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Reads a typed quantity. @returns undefined if it is no whole number from 1 to `max` */
export function parseQuantity(text: string, max: number): number | undefined {
  const quantity = /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : 0;
  return quantity >= 1 && quantity <= max ? quantity : undefined;
}
